"""What screens and papers read, asked of a real vault or of pure functions."""
