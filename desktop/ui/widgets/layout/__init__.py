"""How widgets share their room: rows that stack, columns, words that wrap."""
