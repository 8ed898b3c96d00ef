"""Open the file of a case: read for a purpose, today or as it was."""
