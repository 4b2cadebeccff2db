"""The house's few widgets; screens are made of these."""
