"""What is to be placed: boxes and links of one level of a drawing. Lengths are in pixels."""

from dataclasses import dataclass, field

TASK = (100.0, 80.0)
EVENT = (36.0, 36.0)
GATEWAY = (50.0, 50.0)
LABEL_WIDTH = 90.0
LINE = 14.0
CHARACTER = 12.0
LATIN = 0.58
"""How much of a Chinese character's width a Latin one takes."""
FIRST_IDEOGRAPH = 0x2E80


@dataclass(frozen=True, slots=True)
class Box:
    """A shape to be placed.

    Attributes:
        label: its name where that stands under the shape, as under events and gateways.
        guards: the boundary events on its lower edge, in the order of the drawing.
        guard_labels: their names.
        lane: place of its lane among the lanes, from above; 0 where there are none.
    """

    id: str
    width: float
    height: float
    label: str = ""
    guards: tuple[str, ...] = ()
    guard_labels: tuple[str, ...] = ()
    lane: int = 0

    @property
    def label_height(self) -> float:
        """Return how much the label takes below the shape."""
        return 4 + LINE * lines_of(self.label, LABEL_WIDTH) if self.label else 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one box, or from a boundary event on it, to another box."""

    id: str
    source: str
    target: str
    guard: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A process or subprocess: its boxes, links, and how many lanes it has."""

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    lanes: int = 0


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a shape or label stands: left, top, width and height."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, x: float, y: float) -> "Bounds":
        """Return the same bounds elsewhere."""
        return Bounds(self.x + x, self.y + y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Picture:
    """A level with everything placed; the upper left corner is (0, 0)."""

    width: float
    height: float
    shapes: dict[str, Bounds] = field(default_factory=dict)
    labels: dict[str, Bounds] = field(default_factory=dict)
    lines: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    lanes: tuple[tuple[float, float], ...] = ()


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes."""
    return max(1, -int(-width_of(text) // width))


def width_of(text: str) -> float:
    """Return how wide a text is on one line; a Chinese character counts two Latin ones."""
    return CHARACTER * sum(1 if ord(each) > FIRST_IDEOGRAPH else LATIN for each in text)
