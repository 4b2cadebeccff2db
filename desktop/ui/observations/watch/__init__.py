"""The inbox of the watch group: the list by state, one observation with its legal view, what its
author will be told."""
