"""Tables of a plan as offices write them: its targets and tasks in rows and columns."""
