"""Observations on the screen: the fast form and the list of one's own."""
