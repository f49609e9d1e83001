"""A plan's file read: pure, runs in the sandbox, plain JSON in and out.

What is marked secret is told, and nothing of it given back (see ``policies.secrecy``).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from danban.common.text import clean
from danban.plan.reading.blocks import Block, Table, docx_blocks, text_blocks
from danban.plan.reading.facts import Facts, read_facts
from danban.plan.reading.proposal import Part, Unused
from danban.plan.reading.prose import read_prose
from danban.plan.reading.tables import Columns, read_table
from danban.policies.intake import read_and_judge


def read_plan(data: bytes, *, kind: str) -> dict[str, Any]:
    """A plan out of a .docx or text file: "refused" (a sentence or ""), "verdict", "reasons" and, unless the
    file is refused or marked secret, "document" (its facts), "tasks", "unused", "notes" and "text"."""
    source, answer = read_and_judge(data, kind)
    if source is None:
        return answer
    blocks = docx_blocks(data) if kind == "docx" else text_blocks("\n".join(ln.text for ln in source.lines))
    aside = [clean(line.text) for line in source.lines if line.kind == "footnote"]
    aside += [clean(text) for text in source.marginal]
    return answer | {"notes": list(source.notes)} | read_blocks(blocks, aside)


def read_blocks(blocks: list[Block], aside: list[str]) -> dict[str, Any]:
    """The plan in blocks of a document. ``aside``: headers, footers and footnotes, which are never tasks."""
    lines = [line for block in blocks for line in _lines(block)]
    prose = [block for block in blocks if isinstance(block, str)]
    facts = read_facts(prose)
    part, columns = Part(), None
    tables: list[Part] = []
    for block in blocks:
        if isinstance(block, Table):
            one, columns = _table(block, columns, facts)
            tables.append(one)
    only_named = any(one.tasks for one in tables)
    for one in [*tables, read_prose(prose, title=facts.title_lines, only_named=only_named)]:
        shift = len(part.tasks)
        for task in one.tasks:
            task.parent = None if task.parent is None else task.parent + shift
        part.tasks += one.tasks
        part.unused += one.unused
    part.unused += [Unused(text, "Đầu trang, chân trang hoặc chú thích.") for text in aside if text]
    return {
        "document": asdict(facts) | {
            "issued_on": facts.issued_on.isoformat() if facts.issued_on else None,
            "years": list(facts.years) if facts.years else None,
            "year": facts.year,
        },
        "tasks": [asdict(task) for task in part.tasks],
        "unused": [asdict(one) for one in part.unused],
        "text": "\n".join(lines),
    }  # fmt: skip


def _table(table: Table, columns: Columns | None, facts: Facts) -> tuple[Part, Columns | None]:
    part, found = read_table(table, columns, facts.year)
    return part, found or columns


def _lines(block: Block) -> list[str]:
    if isinstance(block, str):
        return [block]
    return ["\t".join(cell.text.replace("\n", " ") for cell in dict.fromkeys(row)) for row in block.rows]
