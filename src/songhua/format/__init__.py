"""Values as cells: labels, numbers, units, periods and estimates in a language."""
