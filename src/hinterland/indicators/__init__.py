"""Pure functions of arrays: unit, weights, formula and source in each docstring; they never solve."""
