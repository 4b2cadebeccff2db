"""The minutes of a meeting: their words, as a paper and as a text to go on with."""
