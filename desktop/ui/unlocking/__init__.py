"""What stands before an open notebook: the passphrase, the recovery code, the choice of a
notebook."""
