"""The synthesis table from plain values: one row an opinion, or blocks of one point each.

The form groups by issue and article first, then by commenter. An answer stands once beside all
the opinions it answers; the same words sent by many stand once with all who sent them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from django.db.models import Choices
from django.utils.translation import override

from danban.answers.models import Answer
from danban.answers.places import printed_number
from danban.answers.render import plain_reason
from danban.answers.states import Disposition
from danban.consultation.places import place_in_words
from danban.consultation.states import Channel, CommenterKind, WithheldReason
from danban.policies.models import Provision
from danban.reports.queries import Opinion
from danban.reports.rules import NAMELESS, commenter_name, shown_text
from danban.reports.states import Column

UNANSWERED = "Chưa có ý kiến tiếp thu, giải trình."
WHOLE_DRAFT = "Ý kiến chung về dự thảo"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in a block and everyone who sent it."""

    commenters: str
    content: str


@dataclass(frozen=True, slots=True)
class Block:
    """One point (or what no point holds yet, at one place): its entries and its one answer."""

    article: str
    place: str
    title: str
    draft: str
    entries: tuple[Entry, ...]
    answer: str


@dataclass(frozen=True)
class Synthesis:
    """What the rows are made from: the provisions of the version and the released answers, by id."""

    provisions: Mapping[int, Provision]
    answers: Mapping[int, Answer]
    _places: dict[int | None, str] = field(default_factory=dict)
    _answers: dict[int, str] = field(default_factory=dict)

    def rows(self, opinions: Iterable[Opinion], columns: tuple[Column, ...]) -> Iterator[list[str]]:
        """One row an opinion, with the asked columns; streams."""
        cells = [_CELLS[column] for column in columns]
        for opinion in opinions:
            yield [cell(self, opinion) for cell in cells]

    def blocks(self, opinions: Iterable[Opinion]) -> Iterator[Block]:
        """One block a point, in order; holds one point's opinions in memory at a time."""
        for (place, point), members in groupby(opinions, key=lambda one: (one.place, one.point)):
            held = list(members)
            yield Block(
                article=self.article(place),
                place=self.place(place),
                title=held[0].title,
                draft=self.draft(place),
                entries=tuple(self._entries(held)),
                answer=self.answer(point),
            )

    def place(self, provision: int | None) -> str:
        if provision not in self._places:
            with override("vi"):
                words = WHOLE_DRAFT if provision is None else place_in_words(self.provisions[provision])
            self._places[provision] = words[:1].upper() + words[1:]
        return self._places[provision]

    def article(self, provision: int | None) -> str:
        """The heading of the article (or of what stands alone) that holds a provision."""
        if provision is None:
            return WHOLE_DRAFT
        held = self.provisions[provision]
        while held.unit in {"clause", "point", "subpoint"} and held.parent_id:
            held = self.provisions[held.parent_id]
        label = self.place(held.pk)
        return f"{label}. {held.heading}" if held.heading and held.heading != label else label

    def draft(self, provision: int | None) -> str:
        """The words of a provision and of everything below it, a line each."""
        if provision is None:
            return ""
        held, lines = {provision}, []
        for one in self.provisions.values():
            if one.pk == provision or one.parent_id in held:
                held.add(one.pk)
                lines.append(" ".join(part for part in (printed_number(one), one.heading, one.text) if part))
        return "\n".join(line for line in lines if line)

    def answer(self, point: int | None) -> str:
        """Disposition, then the reason in plain words; cached, for many opinions share one."""
        if point is None or point not in self.answers:
            return UNANSWERED
        if point not in self._answers:
            answer = self.answers[point]
            self._answers[point] = (
                f"{official(Disposition(answer.disposition))}.\n{plain_reason(answer.reason)}"
            )
        return self._answers[point]

    def _entries(self, members: list[Opinion]) -> Iterator[Entry]:
        same: dict[tuple[str, int | None], list[Opinion]] = {}
        for opinion in members:
            same.setdefault((_content(opinion), opinion.provision), []).append(opinion)
        for (content, provision), sent in same.items():
            elsewhere = provision is not None and provision != members[0].place
            where = f"({self.place(provision)}) " if elsewhere else ""
            yield Entry(commenters=_who(sent), content=where + content)


@cache
def official(word: Choices) -> str:
    """The word in Vietnamese whatever language the officer reads the screen in."""
    with override("vi"):
        return str(word.label)


def _name(opinion: Opinion) -> str:
    return commenter_name(kind=opinion.kind, name=opinion.name, number=opinion.number)


def _who(sent: list[Opinion]) -> str:
    """Named ones by name; nameless ones by kind with their numbers, so that each can be traced."""
    if len(sent) == 1:
        return _name(sent[0])
    named = [opinion.name for opinion in sent if opinion.name]
    nameless: dict[str, list[str]] = {}
    for opinion in sent:
        if not opinion.name:
            nameless.setdefault(NAMELESS[CommenterKind(opinion.kind)], []).append(str(opinion.number))
    listed = [*named, *(f"{kind} (mã {', '.join(numbers)})" for kind, numbers in nameless.items())]
    return f"{len(sent)} ý kiến cùng nội dung: {'; '.join(listed)}"


def _content(opinion: Opinion) -> str:
    because = official(WithheldReason(opinion.withheld_reason)) if opinion.withheld_reason else ""
    return shown_text(text=opinion.text, visibility=opinion.visibility, withheld_because=because)


def _group(table: Synthesis, opinion: Opinion) -> str:
    place = table.place(opinion.place)
    return f"{place}\n{opinion.title}" if opinion.title else place


def _disposition(table: Synthesis, opinion: Opinion) -> str:
    answer = table.answers.get(opinion.point or 0)
    return official(Disposition(answer.disposition)) if answer else "Chưa giải trình"


_CELLS: Mapping[Column, Callable[[Synthesis, Opinion], str]] = {
    Column.GROUP: _group,
    Column.DRAFT: lambda table, opinion: table.draft(opinion.place),
    Column.COMMENTER: lambda table, opinion: _name(opinion),
    Column.CONTENT: lambda table, opinion: _content(opinion),
    Column.ANSWER: lambda table, opinion: table.answer(opinion.point),
    Column.NUMBER: lambda table, opinion: str(opinion.number),
    Column.PLACE: lambda table, opinion: table.place(opinion.provision),
    Column.POINT: lambda table, opinion: opinion.title,
    Column.KIND: lambda table, opinion: official(CommenterKind(opinion.kind)),
    Column.CHANNEL: lambda table, opinion: official(Channel(opinion.channel)),
    Column.RECEIVED: lambda table, opinion: f"{opinion.received_on:%d/%m/%Y}",
    Column.DISPOSITION: _disposition,
}
