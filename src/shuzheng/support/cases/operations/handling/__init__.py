"""Who handles a task, and how it changes hands."""
