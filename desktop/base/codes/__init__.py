"""Bytes as characters: codes that people copy from paper, and signatures, each with its check."""
