"""The turns that the law of procedure gives a case."""
