"""Calibration: fundamentals that rationalise data."""
