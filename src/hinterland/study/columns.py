"""Columns and rows of the tables of a run: named here, where no solver is loaded to name them."""

AMOUNTS = ("once", "yearly", "charged", "present")  # of the budget
OWN = ("wage", "goods", "homes", "rents", "tax")  # of equivalent variation: what income buys
PARTS = (*OWN, "services", "place", "moving", "movers")  # all of it; the rest is worth that no account counts
PAYING, TOTAL = "financing", "total"  # rows of a split, beside its parts
