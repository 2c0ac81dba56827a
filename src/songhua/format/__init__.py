"""How a value becomes a cell: labels, numbers, units, periods and estimates in a language."""
