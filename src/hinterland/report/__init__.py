"""Tell results: tables for reading, files for keeping."""
