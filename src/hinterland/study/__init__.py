"""From scenarios to results: applied, solved, read by place, split, priced, compared."""
