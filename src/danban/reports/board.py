"""Figures made ready to be read: values in words, what had to be reached by now, bars."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from danban.reports.counting import EMPTY
from danban.reports.kpi import DEFINITIONS, Counted, Definition, Figure, expected, light
from danban.reports.rules import figure as written
from danban.reports.states import Light, Unit

TONES = {Light.GOOD: "leaf", Light.NEAR: "sun", Light.LATE: "alert", Light.NONE: "stone"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in hundredths of its ground; ``due`` is where it had to be by now."""

    label: str
    text: str
    width: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure as a page or a paper shows it."""

    definition: Definition
    figure: Figure
    value: Decimal | None
    text: str
    detail: str
    target: str
    due: str
    light: Light
    bar: Bar | None
    partner: Line | None = None

    @property
    def tone(self) -> str:
        return TONES[self.light]


def front(figures: Mapping[str, Figure], targets: Mapping[str, Decimal]) -> list[Line]:
    """The figures of the leaders' page, each with the one that keeps it honest."""
    return [line_of(one, figures, targets) for one in DEFINITIONS.values() if one.front]


def line_of(
    definition: Definition,
    figures: Mapping[str, Figure],
    targets: Mapping[str, Decimal],
    *,
    alone: bool = False,
) -> Line:
    """A figure in words; ``alone`` leaves its partner out."""
    figure = figures.get(definition.code, EMPTY)
    value = definition.value(figure)
    target = targets.get(definition.code)
    due = expected(target, figure.pace)
    partner = None if alone else DEFINITIONS.get(definition.partner)
    return Line(
        definition=definition,
        figure=figure,
        value=value,
        text=in_words(value, definition.unit),
        detail=detail_of(definition, figure),
        target=in_words(target, definition.unit) if target is not None else "",
        due=in_words(due, definition.unit) if due is not None else "",
        light=light(value, due, definition.direction),
        bar=_bar(value, due) if definition.unit == Unit.SHARE and value is not None else None,
        partner=line_of(partner, figures, targets, alone=True) if partner else None,
    )


def _bar(value: Decimal, due: Decimal | None) -> Bar:
    return Bar(
        label="", text="", width=f"{value:.1f}", due="" if due is None else f"{min(due, Decimal(100)):.1f}"
    )


def in_words(value: Decimal | None, unit: str) -> str:
    """ "66,7 %", "1.234", "12,5 ngày"; a dash for nothing."""
    if value is None:
        return "–"
    if unit == Unit.SHARE:
        return f"{_plain(value)} %"
    if unit == Unit.DAYS:
        return _("%(n)s ngày") % {"n": _plain(value)}
    return written(int(value))


def _plain(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return written(int(value)) if whole else f"{value:.1f}".replace(".", ",")


def detail_of(definition: Definition, figure: Figure) -> str:
    """What the value alone does not tell."""
    if definition.unit == Unit.SHARE:
        if not figure.whole:
            return _("chưa có gì để tính")
        return _("%(part)s trên %(whole)s") % {"part": written(figure.part), "whole": written(figure.whole)}
    if definition.unit == Unit.DAYS:
        if not figure.whole:
            return _("không còn ý kiến nào chờ")
        return _("%(n)s ý kiến chờ, lâu nhất %(days)s ngày") % {
            "n": written(figure.whole), "days": written(figure.part)
        }  # fmt: skip
    if definition.unit == Unit.WORDS:
        return "; ".join(
            f"{written(figure.split.get(code, 0))} {name}" for code, name in definition.parts.items()
        )
    return ""


def bars(definition: Definition, figure: Figure) -> list[Bar]:
    """The parts of a figure beside each other, the longest whole; none where it has no parts to compare."""
    if definition.unit == Unit.WORDS:
        return []
    counts = {code: figure.split.get(code, 0) for code in definition.parts}
    longest = max(counts.values(), default=0)
    if not longest:
        return []
    return [
        Bar(label=str(name), text=written(counts[code]), width=f"{100 * counts[code] / longest:.1f}")
        for code, name in definition.parts.items()
    ]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An agency among all; ``late`` is its tasks and its comments that were due and not done in time."""

    agency: int
    name: str
    late: int


def ranked(counted: Mapping[str, Counted], names: Mapping[int, str], codes: Collection[str]) -> list[Ranked]:
    """Every agency that has one of the figures, those with most that is late first."""
    present = {agency for code in codes for agency in counted.get(code, ()) if agency is not None}
    late = dict.fromkeys(present, 0)
    for code in codes:
        # A share that has a partner in quality is one of speed: what it lacks is late.
        if DEFINITIONS[code].unit == Unit.SHARE and DEFINITIONS[code].partner:
            for agency, figure in counted.get(code, {}).items():
                if agency is not None:
                    late[agency] += figure.whole - figure.part
    found = [Ranked(agency, names[agency], late[agency]) for agency in present & names.keys()]
    return sorted(found, key=lambda one: (-one.late, one.name))


def lines_of_agency(
    counted: Mapping[str, Counted], agency: int, targets: Mapping[str, Decimal], codes: Iterable[str]
) -> list[Line]:
    own = {code: figures.get(agency, EMPTY) for code, figures in counted.items()}
    return [line_of(DEFINITIONS[code], own, targets, alone=True) for code in codes]
