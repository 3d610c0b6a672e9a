"""A base year: its record, its accounts, what it implies, and how it comes in from files and goes out to them."""
