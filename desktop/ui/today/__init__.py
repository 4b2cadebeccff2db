"""The first screen: what waits for the person."""
