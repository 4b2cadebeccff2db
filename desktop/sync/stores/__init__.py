"""One module a kind of shared folder; each is imported only when an address of its kind is
opened."""
