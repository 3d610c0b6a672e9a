"""Timings, printed as ratios against a plain implementation in the same run. They decide no test."""
