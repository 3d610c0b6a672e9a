"""Methods of calibration: balancing, inversion, implied costs, draw and productivity."""
