"""What is kept of a case: its rows, form, clocks and notes, locked and written."""
