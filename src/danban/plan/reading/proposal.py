"""What a reader makes of a plan: tasks that a person is to accept, and the words it did not use.

Every word of the document stands once, either in the ``words`` of one task or in ``unused``.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Proposed:
    """A task as read. ``lead`` and ``coordinating`` are names as written; ``parent`` a place in the list.

    ``timing`` is the plan's own words of the deadline; ``words`` the pieces of the document it came from.
    """

    content: str
    section: str = ""
    section_number: str = ""
    number: str = ""
    lead: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)
    timing: str = ""
    product: str = ""
    budget: str = ""
    note: str = ""
    parent: int | None = None
    words: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def doubt(self, sentence: str) -> None:
        if sentence not in self.doubts:
            self.doubts.append(sentence)


@dataclass(frozen=True, slots=True)
class Unused:
    """Words that make no task, and why the reader thinks so."""

    words: str
    why: str


@dataclass(slots=True)
class Part:
    """What one part of a document (its prose, one table) gives."""

    tasks: list[Proposed] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)


@dataclass(slots=True)
class Heading:
    """A heading over tasks. Its words go to the first task under it, or are unused when none comes."""

    title: str = ""
    number: str = ""
    words: list[str] = field(default_factory=list)

    def over(self, task: Proposed) -> None:
        task.section, task.section_number = self.title, self.number
        task.words[:0] = self.words
        self.words = []

    def leave(self, unused: list[Unused]) -> None:
        unused.extend(Unused(words, "Tiêu đề không có nhiệm vụ bên dưới.") for words in self.words)
        self.words = []
