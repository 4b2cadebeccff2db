"""The screen of the resources."""
