"""A scenario: an economy and dated policies, as a plain record; its file, schema and template."""
