"""The full-text index, what narrows a search, where its words stand."""
