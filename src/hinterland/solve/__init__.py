"""The engine room: fixed points, tolerances, statuses. Loops and `jax.lax` live only here."""
