"""Rows of a Word table as text, one block at a time: two thousand rows cost a blink, not a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from danban.common.paper import cell_xml, row_across, words_xml
from danban.reports.states import Column
from danban.reports.synthesis import Block, Entry

# A merged cell shows its words only on its first page; after so many rows they are taken up again.
ROWS_UNDER_ONE_ANSWER = 12
# A row of fewer characters is not torn over two pages.
KEPT_WHOLE = 900
CONTINUED = "(tiếp theo)"
# An answer of at most so many characters is rather said again than referred to.
REPEATED = 80
SEE_ABOVE = "Như ý kiến tiếp thu, giải trình nêu trên."


def table_rows(blocks: Iterable[Block], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """``<w:tr>`` elements: a heading across for each article, then its blocks. Widths in 1/20 pt."""
    for article, members in groupby(blocks, key=lambda block: block.article):
        yield row_across(article, sum(widths), len(widths))
        for block in members:
            for start in range(0, len(block.entries), ROWS_UNDER_ONE_ANSWER):
                part = block.entries[start : start + ROWS_UNDER_ONE_ANSWER]
                yield from _part(block, part, columns, widths, continued=start > 0)


def _part(
    block: Block,
    entries: Sequence[Entry],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    continued: bool,
) -> Iterator[str]:
    """Rows that share one group cell and one answer cell."""
    group = f"{block.title} {CONTINUED}".strip() if continued else block.title
    again = SEE_ABOVE if continued and len(block.answer) > REPEATED else block.answer
    shared = {
        Column.GROUP: words_xml(block.place, bold=True) + (words_xml(group) if group else ""),
        Column.DRAFT: words_xml("" if continued else block.draft),
        Column.ANSWER: _answer(again),
    }
    for i, entry in enumerate(entries):
        own = {
            Column.COMMENTER: words_xml(entry.commenters),
            Column.CONTENT: words_xml(entry.content),
        }
        merge = "" if len(entries) == 1 else "restart" if i == 0 else "continue"
        cells = []
        for column, width in zip(columns, widths, strict=True):
            if column in own:
                cells.append(cell_xml(own[column], width))
            else:
                cells.append(cell_xml(shared[column] if i == 0 else "<w:p/>", width, merge))
        words = len(entry.content) + len(entry.commenters) + (len(block.answer) if len(entries) == 1 else 0)
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if words < KEPT_WHOLE else ""
        yield f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _answer(text: str) -> str:
    """The disposition, first line of several, stands out; the reason follows."""
    first, rest = text.split("\n", 1) if "\n" in text else ("", text)
    return (words_xml(first, bold=True) if first else "") + words_xml(rest)
