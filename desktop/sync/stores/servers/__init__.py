"""One module a kind of server; each is imported only when an address of its kind is opened."""
