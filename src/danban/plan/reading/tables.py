"""From a table of a plan to tasks: what each column is, rows that are headings, merged cells, sub-tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from danban.common.text import fold
from danban.plan.reading.blocks import Cell, Table
from danban.plan.reading.bodies import is_group, opens_with_body, split_bodies
from danban.plan.reading.proposal import Heading, Part, Proposed, Unused
from danban.plan.reading.timing import read_timing

Row = Sequence[Cell]

# What a column may be headed, folded; the first pattern that fits says what it is.
_MEANINGS = (
    ("number", re.compile(r"(stt|tt|so tt|so thu tu|thu tu|#|no)\.?$")),
    ("note", re.compile(r".*\bghi chu\b")),
    ("budget", re.compile(r".*\b(kinh phi|du toan|nguon von|ngan sach)\b")),
    ("both", re.compile(r".*\bchu tri\b.*\bphoi hop\b")),
    ("coordinating", re.compile(r".*\bphoi hop\b")),
    ("lead", re.compile(r".*\b(chu tri|trach nhiem|phan cong|dau moi|(co quan|don vi|nguoi) thuc hien)\b")),
    ("product", re.compile(r".*\b(san pham|ket qua|dau ra)\b")),
    ("timing", re.compile(r".*\b(thoi gian|thoi han|tien do|han|lo trinh|thoi diem|hoan thanh)\b")),
    ("group", re.compile(r"nhom (nhiem vu|noi dung|cong viec)|linh vuc|muc tieu")),
    ("content", re.compile(r".*\b(noi dung|nhiem vu|hoat dong|cong viec|giai phap|dau viec)\b")),
)  # fmt: skip
_HEADING_WITHIN = 6
_PLACE = re.compile(r"\(?([IVXLC]+|\d+(?:\.\d+)*|[A-ZĐa-zđ])[.)]?$")
_PLACED = re.compile(r"((?:\d+(?:\.\d+)+)[.)]?|\d+[.)]|[a-zđ]\)|[IVXLC]+\.)\s+(?=\S)")
_COUNTED = re.compile(r"\(?\d{1,2}\)?$")
_PARTS = re.compile(r"[;,.]?\s*\b(chủ trì|phối hợp)(?: thực hiện| với)?\s*[:,]?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table is; ``names`` its header words; ``doubt`` when it was guessed."""

    meanings: tuple[str, ...]
    names: tuple[str, ...]
    doubt: str = ""


def read_table(table: Table, before: Columns | None, year: int | None) -> tuple[Part, Columns | None]:
    """The tasks of a table, or all its words as unused when it is no table of tasks.

    ``before`` are the columns of the table before it, which a table cut by a page goes on with.
    """
    part = Part()
    start, end, columns = _header(table)
    if columns is None:
        start = end = 0
        columns = _columns_without_header(table, before, year)
    if columns is None:
        part.unused = [
            Unused(cell.text, "Bảng không phải bảng nhiệm vụ.") for cell in table.cells if cell.text
        ]
        return part, None
    used: set[int] = set()
    for row in table.rows[:end]:
        part.unused += _as_unused(row, used, "Đầu bảng.")
    heads = [[cell.text for cell in row] for row in table.rows[start:end]]
    _Rows(columns, part, used, year).read(table.rows[end:], heads)
    return part, columns


def _as_unused(row: Row, used: set[int], why: str) -> list[Unused]:
    fresh = [cell for cell in dict.fromkeys(row) if cell.text and cell.place not in used]
    used.update(cell.place for cell in fresh)
    return [Unused(cell.text, why) for cell in fresh]


def _header(table: Table) -> tuple[int, int, Columns | None]:
    """Where the header rows begin and end, and the columns they name."""
    for start, row in enumerate(table.rows[:_HEADING_WITHIN]):
        end = start + 1
        while end < len(table.rows) and end < start + 3 and set(row) & set(table.rows[end]):
            if not _says_columns(table.rows[end]):
                break
            end += 1
        columns = _named(table.rows[start:end])
        if columns:
            return start, end, columns
    return 0, 0, None


def _says_columns(row: Row) -> bool:
    return sum(bool(_meaning(cell.text)) for cell in set(row)) >= 2


def _named(rows: Sequence[Row]) -> Columns | None:
    names = [" ".join(dict.fromkeys(cell.text for cell in column)) for column in zip(*rows, strict=True)]
    lowest = [_meaning(row_cell.text) for row_cell in rows[-1]]
    meanings = [low or _meaning(name) for low, name in zip(lowest, names, strict=True)]
    if any(len(name) > 120 for name in names):
        return None
    if "content" not in meanings and "group" in meanings:
        meanings[meanings.index("group")] = "content"
    if "content" not in meanings or not {"lead", "both", "coordinating", "timing"} & set(meanings):
        return None
    return Columns(tuple(meanings), tuple(name.replace("\n", " ") for name in names))


def _meaning(words: str) -> str:
    said = " ".join(fold(words).replace("\n", " ").split())
    return next((name for name, pattern in _MEANINGS if pattern.match(said)), "")


def _columns_without_header(table: Table, before: Columns | None, year: int | None) -> Columns | None:
    width = len(table.rows[0])
    if before and len(before.meanings) == width:
        return Columns(
            before.meanings, before.names, "Bảng không có dòng tiêu đề; hiểu các cột theo bảng trước."
        )
    if width < 3:
        return None
    columns = list(zip(*table.rows, strict=True))
    meanings = [_guess(column, year) for column in columns]
    bodies = [place for place, meaning in enumerate(meanings) if meaning == "lead"]
    for place in bodies[1:]:
        meanings[place] = "coordinating"
    free = [place for place, meaning in enumerate(meanings) if not meaning]
    if not free or not bodies:
        return None
    content = max(free, key=lambda place: sum(len(cell.text) for cell in columns[place]))
    for place in free:
        meanings[place] = "content" if place == content else "product"
    return Columns(
        tuple(meanings), ("",) * width, "Bảng không có dòng tiêu đề; các cột được đoán theo nội dung."
    )


def _guess(column: Iterable[Cell], year: int | None) -> str:
    words = [cell.text for cell in column if cell.text]
    most = len(words) / 2
    if sum(bool(_PLACE.match(one)) for one in words) > most:
        return "number"
    timed = [read_timing(one, year or 2000) for one in words]
    if sum(bool(one.due_on or one.cadence != "once") for one in timed) > most:
        return "timing"
    return "lead" if sum(opens_with_body(one) for one in words) > most else ""


class _Rows:
    """Goes down the rows, knowing the heading above and the numbers that stand above."""

    def __init__(self, columns: Columns, part: Part, used: set[int], year: int | None) -> None:
        self.columns, self.part, self.used, self.year = columns, part, used, year
        self.heading = Heading()
        self.above: dict[str, int] = {}
        self.content: Cell | None = None

    def read(self, rows: Sequence[Row], heads: Sequence[Sequence[str]]) -> None:
        for row in rows:
            texts = [cell.text for cell in row]
            if texts in heads:
                self.part.unused += _as_unused(row, self.used, "Đầu bảng lặp lại.")
            elif all(not text or _COUNTED.match(text) for text in texts):
                self.part.unused += _as_unused(row, self.used, "Dòng đánh số cột.")
            elif title := self._title(row):
                self._open(*title, row)
            else:
                self._task(row)
        self.heading.leave(self.part.unused)

    def _named(self, row: Row, meaning: str) -> list[Cell]:
        """The filled cells of the columns with a meaning, each once."""
        found = (cell for cell, one in zip(row, self.columns.meanings, strict=True) if one == meaning)
        return [cell for cell in dict.fromkeys(found) if cell.text]

    def _title(self, row: Row) -> tuple[str, str] | None:
        """The number and title of a row that is a heading: nothing but words under one heading number."""
        filled = [cell for cell in dict.fromkeys(row) if cell.text]
        number = ""
        if len(filled) == 2 and _PLACE.match(filled[0].text):
            number = filled.pop(0).text.strip("().")
        if len(filled) != 1:
            return None
        title = filled[0].text.replace("\n", " ")
        wide = sum(cell is filled[0] for cell in row) >= max(2, len(row) - 1)
        if match := None if number else _PLACED.match(title):
            number, title = match[1].strip("()."), title[match.end() :]
        by_number = bool(re.fullmatch(r"[IVXLC]+|[A-ZĐ]", number))
        capitals = title == title.upper() and not number
        return (number, title) if wide or by_number or capitals else None

    def _open(self, number: str, title: str, row: Row) -> None:
        self.heading.leave(self.part.unused)
        self.heading = Heading(title, number, self._take(row))
        self.above, self.content = {}, None

    def _take(self, row: Row) -> list[str]:
        """The words of a row that no row above has taken: a merged cell is taken once."""
        return [one.words for one in _as_unused(row, self.used, "")]

    def _task(self, row: Row) -> None:
        contents = self._named(row, "content")
        if contents and contents[0] is self.content:
            self._join(row, self.part.tasks[-1])
            return
        number, content = self._placed(row, contents)
        task = Proposed(content=content, number=number)
        self._group(row)
        self._fill(row, task)
        task.words = self._take(row)
        self.heading.over(task)
        if self.columns.doubt:
            task.doubt(self.columns.doubt)
        if not content:
            task.doubt("Dòng không có nội dung nhiệm vụ.")
        self._place(task)
        self.content = contents[0] if contents else None

    def _placed(self, row: Row, contents: list[Cell]) -> tuple[str, str]:
        """Number and content; a number may stand before the content itself."""
        number = " ".join(cell.text for cell in self._named(row, "number"))
        content = "\n".join(cell.text for cell in contents)
        if not number and (match := _PLACED.match(content)):
            return match[1].strip("()."), content[match.end() :]
        place = _PLACE.match(number)
        return (place[1] if place else number), content

    def _group(self, row: Row) -> None:
        """A column of groups of tasks is a heading merged over its rows."""
        groups = self._named(row, "group")
        if groups and groups[0].text != self.heading.title:
            self.heading.leave(self.part.unused)
            self.heading = Heading(groups[0].text)

    def _fill(self, row: Row, task: Proposed) -> None:
        leads, others = self._named(row, "lead"), self._named(row, "coordinating")
        if shared := [cell for cell in leads if cell in others]:
            task.doubt("Ô gộp cả cột chủ trì và cột phối hợp.")
            others = [cell for cell in others if cell not in shared]
        for cell in leads:
            task.lead += split_bodies(cell.text)
        for cell in others:
            task.coordinating += split_bodies(cell.text)
        for cell in self._named(row, "both"):
            _both(cell.text, task)
        for name in ("timing", "product", "budget", "note"):
            setattr(task, name, "; ".join(cell.text.replace("\n", " ") for cell in self._named(row, name)))
        for cell, meaning, name in zip(row, self.columns.meanings, self.columns.names, strict=True):
            if not meaning and cell.text:
                task.note = "; ".join(filter(None, [task.note, f"{name}: {cell.text}".strip(": ")]))
        if not task.lead:
            task.doubt("Không nêu cơ quan chủ trì.")
        elif len([one for one in task.lead if not is_group(one)]) > 1:
            task.doubt("Nêu nhiều cơ quan chủ trì.")

    def _join(self, row: Row, task: Proposed) -> None:
        """One task whose content is merged over several rows: what the further rows add."""
        more = Proposed(content="")
        self._fill(row, more)
        task.words += self._take(row)
        for name in ("lead", "coordinating"):
            have = getattr(task, name)
            have += [one for one in getattr(more, name) if one not in have]
        for name in ("timing", "product", "budget", "note"):
            have, new = getattr(task, name), getattr(more, name)
            if new and new != have:
                setattr(task, name, f"{have}; {new}".strip("; "))
        task.doubt("Ô nội dung gộp nhiều dòng; các dòng được ghép thành một nhiệm vụ.")

    def _place(self, task: Proposed) -> None:
        """The task above it by number: 1.1 under 1, a) under the last number, a dash under either."""
        upper = task.number.rpartition(".")[0]
        if re.fullmatch(r"[a-zđ]", task.number):
            upper = "last"
        task.parent = self.above.get(upper) if upper else None
        place = len(self.part.tasks)
        if re.fullmatch(r"\d+(\.\d+)*", task.number):
            self.above[task.number] = self.above["last"] = place
        self.part.tasks.append(task)


def _both(text: str, task: Proposed) -> None:
    """One column for both parts: "Chủ trì: Sở A; phối hợp: Sở B", "Sở A chủ trì, phối hợp với Sở B"."""
    marks = list(_PARTS.finditer(text))
    if not marks:
        task.lead += split_bodies(text)
        if len(task.lead) > 1:
            task.doubt("Một cột cho cả chủ trì và phối hợp: chưa rõ cơ quan nào chủ trì.")
        return
    head = text[: marks[0].start()].strip(" ,;.")
    if head:
        task.lead += split_bodies(head)
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        names = split_bodies(text[mark.end() : end])
        (task.lead if mark[1].lower() == "chủ trì" else task.coordinating).extend(names)
