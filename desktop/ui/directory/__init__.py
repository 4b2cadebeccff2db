"""The directory on the screen: organisations, people, groups and their members."""
