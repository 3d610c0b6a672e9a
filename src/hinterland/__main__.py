"""Run the command line as `python -m hinterland`."""

from hinterland.cli.main import main

main()
