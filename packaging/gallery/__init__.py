"""Everything that the window can show, for its pictures and for its tests: what runs it needs no
tool of theirs."""
