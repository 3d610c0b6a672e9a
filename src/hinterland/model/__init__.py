"""Blocks: one a file, pure functions that read like the paper; `model.py` puts them together."""
