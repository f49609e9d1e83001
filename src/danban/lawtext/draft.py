"""A node of the tree while its lines are still being found."""

from __future__ import annotations

from danban.lawtext.tree import Node, Unit

LONGEST_HEADING = 300


class Draft:
    """A node while it is being filled. ``level`` is an index of ``UNITS`` or -1."""

    __slots__ = (
        "address",
        "children",
        "heading",
        "level",
        "lines",
        "number",
        "parts",
        "quoted",
        "rest",
        "unit",
    )

    def __init__(self, unit: Unit, level: int = -1, number: str = "", address: str = "") -> None:
        self.unit = unit
        self.level = level
        self.number = number
        self.address = address
        self.heading: list[str] = []
        self.rest = ""
        self.parts: list[str] = []
        self.lines: list[int] = []
        self.children: list[Draft] = []
        self.quoted: list[Draft] = []

    def node(self) -> Node:
        self._settle_rest()
        return Node(
            self.unit,
            self.number,
            " ".join(self.heading) if self.heading else "",
            "\n".join(self.parts).strip("\n") if self.parts else "",
            self.address,
            tuple(self.lines),
            tuple([child.node() for child in self.children]) if self.children else (),
            tuple([child.node() for child in self.quoted]) if self.quoted else (),
        )

    def _settle_rest(self) -> None:
        """The words after an article's number name it when more follows, and are its text otherwise."""
        rest = self.rest
        if not rest:
            return
        follows = bool(self.children or self.parts or self.quoted)
        names = len(rest) <= LONGEST_HEADING and rest[-1] not in ":;,"
        if names and (rest[-1] != "." or (follows and len(rest) <= 200)):
            self.heading.insert(0, rest)
        else:
            self.parts.insert(0, rest)
