"""Columns of money in the tables of a run: named here, where no solver is loaded to name them."""

AMOUNTS = ("once", "yearly", "charged", "present")  # of the budget
PARTS = ("wage", "goods", "homes", "rents", "tax", "services", "place", "moving", "movers")  # of equivalent variation
