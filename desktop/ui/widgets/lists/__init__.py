"""Lists and tables of thousands of rows."""
