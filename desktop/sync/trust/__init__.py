"""Which computers belong to the collective, and what each may do: the signed list and the links
between its versions."""
