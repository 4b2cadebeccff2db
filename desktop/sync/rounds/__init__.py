"""One exchange from its beginning to its end: fetch, apply, seal, send, tell."""
