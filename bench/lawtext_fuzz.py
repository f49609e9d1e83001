"""Broken texts by the thousand: `python -m bench.lawtext_fuzz --seconds 600`.

Lines of real documents are cut, doubled, swapped, mixed with those of others and sprinkled with marks; each
text must parse without an exception, keep every line, and take time in proportion to its length.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

from bench.lawtext import DATA
from danban.lawtext import Address, parse, render_text

SPRINKLED = ("“", "”", '"', "1. ", "a) ", "Điều 1. ", "Chương I", "như sau:", "\n", "\u0300", "\x00", "Phụ lục I", "QUY ĐỊNH", "TM. ", "đ", "\u2028", "[1]", "I. ", "A. ", "a. ", "1/ ", "1.1. ", "aa) ", "«", "Khoản 1. ", "Điều thứ ba")  # fmt: skip
SLOWEST = 60.0
"""Microseconds a letter at most; the usual is far below one."""

Lines = list[str]


def cut(chance: random.Random, lines: Lines, _: Lines) -> Lines:
    begin = chance.randrange(len(lines))
    return lines[begin : begin + chance.randrange(1, 400)]


def doubled(chance: random.Random, lines: Lines, _: Lines) -> Lines:
    place = chance.randrange(len(lines))
    return lines[:place] + lines[max(0, place - 20) :]


def dropped(chance: random.Random, lines: Lines, _: Lines) -> Lines:
    return [line for line in lines if chance.random() > 0.2]


def shuffled(chance: random.Random, lines: Lines, _: Lines) -> Lines:
    made = list(lines)
    chance.shuffle(made)
    return made


def mixed(chance: random.Random, lines: Lines, others: Lines) -> Lines:
    return [chance.choice((one, two)) for one, two in zip(lines, others, strict=False)] or lines


def sprinkled(chance: random.Random, lines: Lines, _: Lines) -> Lines:
    made = list(lines)
    for _ in range(chance.randrange(1, 60)):
        place = chance.randrange(len(made))
        at = chance.randrange(len(made[place]) + 1)
        made[place] = made[place][:at] + chance.choice(SPRINKLED) + made[place][at:]
    return made


def stripped_of_quotes(chance: random.Random, lines: Lines, _: Lines) -> Lines:
    return [line.replace("”", "") if chance.random() < 0.3 else line for line in lines]


MUTATIONS: tuple[Callable[[random.Random, Lines, Lines], Lines], ...] = (
    cut, doubled, dropped, shuffled, mixed, sprinkled, stripped_of_quotes,
)  # fmt: skip


def check(text: str) -> float:
    """Parses a text and checks what must hold; returns microseconds a letter."""
    begun = time.process_time()
    document = parse(text)
    spent = time.process_time() - begun
    assert render_text(document) == text, "a line was lost"
    addresses = [node.address for node in document.root.walk() if node.address]
    assert len(set(addresses)) == len(addresses), "an address stands twice"
    for address in addresses:
        assert str(Address.parse(address)) == address
    return spent / max(200, len(text)) * 1e6


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    chosen = arguments.parse_args()
    chance = random.Random(chosen.seed)
    documents = [
        path.read_text(encoding="utf-8").split("\n") for path in sorted((DATA / "gold").glob("*.txt"))
    ]
    until, texts, letters, slowest = time.monotonic() + chosen.seconds, 0, 0, 0.0
    while time.monotonic() < until:
        lines = chance.choice(documents)
        for _ in range(chance.randrange(1, 4)):
            lines = chance.choice(MUTATIONS)(chance, lines[:3000] or [""], chance.choice(documents))
        text = "\n".join(lines)
        try:
            slowest = max(slowest, check(text))
        except Exception:
            print(f"seed {chosen.seed}, text {texts}: {text[:2000]!r}", file=sys.stderr)
            raise
        texts, letters = texts + 1, letters + len(text)
    print(
        f"{texts} texts, {letters / 1e6:.0f} M letters, no exception, no line lost; slowest {slowest:.1f} µs a letter"
    )
    return 0 if slowest < SLOWEST else 1


if __name__ == "__main__":
    sys.exit(main())
