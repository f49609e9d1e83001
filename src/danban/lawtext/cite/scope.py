"""The draft a citation is read against: which addresses there are, and which "Điều 5" is meant."""

from __future__ import annotations

from collections import Counter

from danban.lawtext.tree import Document, Unit

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ASCII = {"đ": "dd"}


def slug(number: str) -> str:
    """A number in small letters as an address writes it: đ → dd."""
    return number.replace("đ", "dd")


class Scope:
    """Addresses of one draft, by attachment.

    A decision that issues a regulation has two articles 2: its own and the regulation's. People mean
    the text they stand in, else the part of the draft with the most articles.
    """

    def __init__(self, draft: Document) -> None:
        nodes = [node for node in draft.root.walk() if node.address]
        self.order = [node.address for node in nodes]
        self.known = set(self.order)
        fronts = Counter(_front(a.address) for a in nodes if a.unit is Unit.ARTICLE)
        self.fronts = [front for front, _ in fronts.most_common()] or [""]
        self.title = " ".join(draft.title.split()).lower()
        self._children: dict[str, list[str]] = {}
        for address in self.order:
            self._children.setdefault(_parent(address), []).append(address)

    def find(self, path: str, at: str) -> str:
        """The address in the draft that a cited path means; the nearest wider one; "" when there is none."""
        here = _front(at)
        for front in dict.fromkeys((*((here,) if at else ()), *self.fronts)):
            if front + path.split(".", 1)[0] in self.known:
                address = front + path
                while address not in self.known:
                    address = address.rpartition(".")[0]
                return address
        return ""

    def between(self, first: str, last: str) -> list[str]:
        """Addresses after ``first`` and before ``last`` on the same level."""
        siblings = self._children.get(_parent(first), [])
        if first not in siblings or last not in siblings:
            return []
        return siblings[siblings.index(first) + 1 : siblings.index(last)]


def _front(address: str) -> str:
    front, slash, _ = address.rpartition("/")
    return front + slash


def _parent(address: str) -> str:
    """The address one step up; articles of one attachment are siblings."""
    head, dot, _ = address.rpartition(".")
    return head if dot else _front(address)


def numbers_between(first: str, last: str) -> list[str]:
    """Numbers strictly between two of a range, as they would be printed: 5–8 → 6, 7; a–d → b, c."""
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first) + 1, min(int(last), int(first) + 400))]
    if first in LETTERS and last in LETTERS and len(first) == len(last) == 1:
        return list(LETTERS[LETTERS.index(first) + 1 : LETTERS.index(last)])
    return []
