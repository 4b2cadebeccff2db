"""The pages of the help, and what Carnet is made of."""
