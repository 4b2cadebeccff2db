"""What this device remembers of the exchange with the others."""
