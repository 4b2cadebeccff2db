"""What every screen stands on, whatever its area: the page, its messages, its drafts, its
papers."""
