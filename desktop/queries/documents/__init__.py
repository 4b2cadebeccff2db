"""What papers say, as data that a report draws; a module a paper."""
