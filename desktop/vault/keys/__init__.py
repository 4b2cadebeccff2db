"""What opens the vault: its slots, the computer's keyring, how hard a passphrase is to guess."""
