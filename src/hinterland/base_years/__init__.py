"""Base years of China, built from the figures in the box, with their balance sheets and checks."""
