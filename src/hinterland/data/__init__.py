"""Regions, panel, economies in the box, and the checks that hold them to their rules. No jax."""
