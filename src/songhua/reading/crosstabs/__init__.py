"""Reading of cross tables, as offices publish them: blocks, axes, their roles, their figures."""
