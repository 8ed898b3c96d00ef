"""What the rooms are told from above: folders, and which operations a flow may call."""


def wire() -> None:
    """Hand settings down to the rooms; called once when the application starts."""
