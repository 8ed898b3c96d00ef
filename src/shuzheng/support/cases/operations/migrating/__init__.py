"""Running cases brought to a new version of their flow."""
