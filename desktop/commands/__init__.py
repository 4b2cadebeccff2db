"""What people do: one function per gesture, verb_noun(session, ...), run by `Vault.do`."""
