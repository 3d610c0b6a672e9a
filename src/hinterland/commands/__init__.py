"""The groups of the command line, one a file; each adds its commands to the application."""
