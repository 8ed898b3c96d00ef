"""Parts of drawings for tests of stepping."""

START_END = '<startEvent id="s"/><endEvent id="e"/>'


def tasks(*names: str) -> str:
    return "".join(f'<userTask id="{name}" name="{name}"/>' for name in names)


def gateway(kind: str, key: str, default: str = "") -> str:
    written = f' default="{default}"' if default else ""
    return f'<{kind}Gateway id="{key}"{written}/>'
