"""A territory in a file: read with the lines where it is wrong, made from a table of communes,
completed from a list."""
