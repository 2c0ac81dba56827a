"""Input-output tables in the layouts in which they are published."""
