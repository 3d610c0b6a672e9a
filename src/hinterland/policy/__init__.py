"""What every policy shares: the noun, its targets, how several combine, what they cost and who pays."""
