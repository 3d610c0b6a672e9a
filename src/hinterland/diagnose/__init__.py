"""Where regions stand: the dashboard of a region, and the source's facts beside our figures."""
