"""A model with its arrays: put together, aligned by name, checked before jax sees them."""
