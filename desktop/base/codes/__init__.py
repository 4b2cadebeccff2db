"""Bytes as characters that people copy from paper, each with its check."""
