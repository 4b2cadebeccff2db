"""Texts that should name nobody: underlined while one types, and one strip of keys that generalise
or keep.
"""
