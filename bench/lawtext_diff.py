"""Figures of comparing, citing and exporting, each on the same run and machine as what it is held against.

    make bench-lawtext-diff ARGS="--comments FILE.jsonl"

Documents come from the shared data beside the checkout. ``--comments`` takes JSON Lines of
``[text, provisions]`` (``d32.k1.c;d40``); without it the citations of a law's own lines are timed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from danban import lawtext
from danban.lawtext import Document, Node, Unit, align, words
from danban.lawtext.akn import to_akn
from danban.lawtext.amend import apply
from danban.lawtext.cite import Citer
from danban.lawtext.diff import full_text

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DANBAN_SHARED_DATA", ROOT.parent / "shared" / "data")) / "lawtext"
LAND_2013, LAND_2024 = "docx/126_45-2013-qh13.docx", "docx/127_31-2024-qh15.docx"
BUILD, BUILD_AMENDING = "docx/137_50-2014-qh13.docx", "docx/138_62-2020-qh14.docx"


def load(path: str) -> Document:
    return lawtext.parse(lawtext.read((DATA / path).read_bytes(), path))


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Median of CPU seconds: steadier than the clock on a shared machine."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


def compared(old: Document, new: Document) -> int:
    """Articles, clauses and words of both; how many articles have a counterpart."""
    nodes = {n.address: n for n in old.root.walk()}, {n.address: n for n in new.root.walk()}
    pairs = [entry for entry in align(old, new).articles if entry.old and entry.new]
    for entry in pairs:
        sides = (
            "\n".join(full_text(side[a]) for a in names)
            for side, names in zip(nodes, (entry.old, entry.new), strict=True)
        )
        words(*sides)
    return len(pairs)


def first_articles(document: Document, count: int) -> Document:
    articles = tuple(document.articles()[:count])
    return replace(document, root=Node(Unit.DOCUMENT, children=articles))


def diff_figures() -> None:
    old, new = load(LAND_2013), load(LAND_2024)
    took = seconds(lambda: compared(old, new))
    print(
        f"Land 2013 → 2024, articles, clauses and words: {took:.2f} s   (bar 1 s; {compared(old, new)} counterparts)"
    )
    some_old, some_new = first_articles(old, 40), first_articles(new, 40)
    ours = seconds(lambda: compared(some_old, some_new), runs=5)
    try:
        from xmldiff.main import diff_texts
    except ImportError:
        print("xmldiff is not installed: no comparison")
        return
    texts = to_akn(some_old), to_akn(some_new)
    theirs = seconds(lambda: diff_texts(*texts), runs=1)
    print(
        f"40 articles: ours {ours:.3f} s, xmldiff {theirs:.2f} s: {theirs / ours:.0f} × faster   (bar 10 ×)"
    )


def export_figures() -> None:
    document = load(LAND_2024)
    whole = seconds(lambda: to_akn(load(LAND_2024)))
    print(
        f"Land 2024, .docx → Akoma Ntoso: {whole:.2f} s, of it the export {seconds(lambda: to_akn(document)):.3f} s   (bar 0.2 s)"
    )
    base, amending = load(BUILD), load(BUILD_AMENDING)
    result = apply(base, amending)
    took = seconds(lambda: apply(base, amending))
    print(
        f"Construction 2014 + 2020: {len(result.applied)} changes in {took:.3f} s, {len(result.unapplied)} left"
    )


def cite_figures(comments: Path | None) -> None:
    if comments:
        rows = [json.loads(line) for line in comments.open(encoding="utf-8")]
    else:
        rows = [[line.text, ""] for line in load(LAND_2024).lines]
    citer = Citer()
    took = seconds(lambda: [len(citer.cite(text).refs) for text, _ in rows])
    print(f"citations: {len(rows) / took:,.0f} texts/s on one core   (bar 50,000; {len(rows):,} texts)")
    if comments:
        for name, depth in (("provision", 3), ("article", 1)):
            hits, found, meant = 0, 0, 0
            for text, truth in rows:
                got = {
                    _cut(ref.address, depth)
                    for ref in citer.cite(text).refs
                    if ref.address.startswith("dieu")
                }
                wanted = {_cut(_address(short), depth) for short in truth.split(";") if short}
                hits, found, meant = hits + len(got & wanted), found + len(got), meant + len(wanted)
            print(f"  {name}: precision {hits / found:.4f}, recall {hits / meant:.4f}")


def _address(short: str) -> str:
    """d32.k1.c → dieu-32.khoan-1.diem-c."""
    article, *rest = short.split(".")
    steps = [
        f"dieu-{article[1:]}",
        *(f"khoan-{s[1:]}" for s in rest[:1]),
        *(f"diem-{s.replace('đ', 'dd')}" for s in rest[1:]),
    ]
    return ".".join(steps)


def _cut(address: str, depth: int) -> str:
    return ".".join(address.split(".")[:depth])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=Path)
    comments = parser.parse_args().comments
    if not DATA.exists():
        print(f"shared data not found at {DATA}; set DANBAN_SHARED_DATA", file=sys.stderr)
        sys.exit(2)
    diff_figures()
    export_figures()
    cite_figures(comments)


if __name__ == "__main__":
    main()
