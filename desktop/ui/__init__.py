"""The window: what a person sees and types; it speaks to the vault by `do` and `ask` only."""
