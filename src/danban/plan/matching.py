"""Names in a plan to agencies in the register: exact, short, folded, abbreviated, or the body that took over.

Pure: the register comes in as ``Body`` values (see ``queries.documents.register``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from danban.common.text import fold
from danban.plan.reading.bodies import is_group, plain_name

MOST_CANDIDATES = 5
_LIKE = 0.6
# Folded; each side of the register and of the plan is brought to the long form.
_LONG = {
    "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc", "hdph": "hoi dong phoi hop",
    "pbgdpl": "pho bien giao duc phap luat",
    "tnmt": "tai nguyen va moi truong", "nnmt": "nong nghiep va moi truong", "lhpn": "lien hiep phu nu",
    "ldld": "lien doan lao dong", "ccb": "cuu chien binh", "chqs": "chi huy quan su",
    "tand": "toa an nhan dan",
    "vksnd": "vien kiem sat nhan dan", "tp": "thanh pho", "stp": "so tu phap", "btp": "bo tu phap",
    "vh": "van hoa", "gd": "giao duc", "dt": "dao tao", "tncs": "thanh nien cong san",
}  # fmt: skip
_QUIET = frozenset({"viet", "nam"})
_PROVINCE = re.compile(r" (?:tinh|thanh pho)(?: .*)?$")


@dataclass(frozen=True, slots=True)
class Body:
    """An agency of the register. ``successors`` are the ids of the bodies that took over from it."""

    pk: int
    name: str
    short_name: str
    level: str
    valid_from: dt.date
    valid_to: dt.date | None
    parent: int | None = None
    successors: tuple[int, ...] = ()

    def exists_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Match:
    """``agency`` is an id when one body is meant; else ``candidates``, best first. ``doubt`` "" when sure."""

    agency: int | None = None
    candidates: tuple[int, ...] = ()
    doubt: str = ""
    group: bool = False


@dataclass
class Register:
    """All bodies, past and present, and the finding of one by its name on a day."""

    bodies: Mapping[int, Body]
    issuer: int | None = None
    _found: dict[tuple[str, dt.date], Match] = field(default_factory=dict)

    def match(self, name: str, day: dt.date) -> Match:
        """The body that ``name`` means in a plan of ``day``."""
        key = (name, day)
        if key not in self._found:
            self._found[key] = self._match(plain_name(name), day)
        return self._found[key]

    def _match(self, name: str, day: dt.date) -> Match:
        if is_group(name):
            return Match(group=True)
        named = self._named(name)
        if not named:
            return Match(candidates=self._like(name, day), doubt=f"Chưa khớp được “{name}” với cơ quan nào.")
        present = [body for body in named if body.exists_on(day)]
        if len(present) > 1:
            present = self._of_issuer(present) or present
        if len(present) == 1:
            return Match(present[0].pk)
        if present:
            return Match(candidates=_ids(present), doubt=f"“{name}” có thể là nhiều cơ quan; hãy chọn.")
        return self._through_time(name, named, day)

    def _through_time(self, name: str, named: list[Body], day: dt.date) -> Match:
        """None of the bodies so named exists on the day: who took over, or who came later."""
        heirs = {heir for body in named for heir in self.heirs(body.pk, day)}
        if len(heirs) == 1:
            heir = self.bodies[heirs.pop()]
            return Match(
                heir.pk, doubt=f"“{name}” không còn vào ngày này; lấy cơ quan kế tục là {heir.name}."
            )
        if heirs:
            return Match(
                candidates=tuple(sorted(heirs)),
                doubt=f"“{name}” không còn vào ngày này; có nhiều cơ quan kế tục.",
            )
        if len(named) == 1:
            body = named[0]
            since = f"{body.valid_from:%d/%m/%Y}"
            if body.valid_from > day:
                return Match(body.pk, doubt=f"{body.name} hoạt động từ {since}, sau ngày của kế hoạch.")
            return Match(
                candidates=(body.pk,), doubt=f"“{name}” đã kết thúc hoạt động, chưa ghi cơ quan kế tục."
            )
        return Match(candidates=_ids(named), doubt=f"“{name}” có thể là nhiều cơ quan; hãy chọn.")

    def heirs(self, pk: int, day: dt.date) -> set[int]:
        """The bodies existing on a day that took over from one, through any number of mergers.

        A circle in the register ends the walk; it does not hang it.
        """
        waiting, seen, found = list(self.bodies[pk].successors), {pk}, set()
        while waiting:
            one = waiting.pop()
            if one in seen or one not in self.bodies:
                continue
            seen.add(one)
            if self.bodies[one].exists_on(day):
                found.add(one)
            else:
                waiting.extend(self.bodies[one].successors)
        return found

    def _named(self, name: str) -> list[Body]:
        """Bodies with this name: the surest kind of likeness that finds any."""
        whole, short = normal(name), normal(_PROVINCE.sub("", fold(name)))
        for key in (whole, short) if short else (whole,):
            if found := self._by_name.get(key):
                return found
        found = [body for body in self.bodies.values() if abbreviates(name, body.name)]
        return found if len(name) <= 30 else []

    @cached_property
    def _by_name(self) -> dict[str, list[Body]]:
        names: dict[str, list[Body]] = {}
        for body in self.bodies.values():
            forms = {normal(body.name), normal(body.short_name), normal(_PROVINCE.sub("", fold(body.name)))}
            for form in forms - {""}:
                names.setdefault(form, []).append(body)
        return names

    def _of_issuer(self, bodies: Sequence[Body]) -> list[Body]:
        return [body for body in bodies if self.issuer in (body.parent, body.pk)] if self.issuer else []

    def _like(self, name: str, day: dt.date) -> tuple[int, ...]:
        """Bodies of a like name, best first."""
        said = normal(name)
        scored = [
            (max(_likeness(said, normal(form)) for form in (body.name, body.short_name) if form), -body.pk)
            for body in self.bodies.values()
            if body.exists_on(day)
        ]
        return tuple(-pk for score, pk in sorted(scored, reverse=True)[:MOST_CANDIDATES] if score >= _LIKE)


def _likeness(one: str, other: str) -> float:
    match = SequenceMatcher(None, one, other)
    return match.ratio() if match.real_quick_ratio() >= _LIKE and match.quick_ratio() >= _LIKE else 0.0


def _ids(bodies: Iterable[Body]) -> tuple[int, ...]:
    return tuple(body.pk for body in bodies)


def normal(name: str) -> str:
    """A name for comparing: folded, abbreviations in full, without "và" and "Việt Nam"."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(name).replace("&", " ")).split()
    long = " ".join(_LONG.get(word, word) for word in words).split()
    return " ".join(word for word in long if word not in _QUIET and word != "va")


def abbreviates(written: str, name: str) -> bool:
    """Whether ``written`` is ``name`` with some of its words as initials: "Sở TT&TT", "Sở NNMT"."""
    short = re.sub(r"[^a-z0-9 ]", "", fold(_PROVINCE.sub("", written)).replace(" va ", " ")).split()
    long = [word for word in fold(_PROVINCE.sub("", fold(name))).replace(",", " ").split() if word != "va"]
    if not any(len(word) >= 2 and word.isupper() for word in re.findall(r"[^\W\d_&]+", written)):
        return False
    return _fits(tuple(short), tuple(long))


def _fits(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if not short or not long:
        return not short and not long
    if short[0] == long[0] and _fits(short[1:], long[1:]):
        return True
    many = len(short[0])
    initials = "".join(word[0] for word in long[:many])
    return many >= 2 and initials == short[0] and _fits(short[1:], long[many:])
