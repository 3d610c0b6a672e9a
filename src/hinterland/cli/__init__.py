"""The command line: thin. It reads words, calls the public functions, prints."""
