"""What packages say becomes rows of the vault, and rows of the vault become packages."""
