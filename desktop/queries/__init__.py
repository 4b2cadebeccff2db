"""What screens and documents read: nouns_of(session, ...) -> frozen dataclasses, run by
`Vault.ask`."""
