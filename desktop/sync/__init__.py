"""Sealed packages through any shared folder. No Qt; nothing touches the network but `stores`."""
