"""Run the command line as `python -m hinterland`."""

from hinterland.cli import main

main()
