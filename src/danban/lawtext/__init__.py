"""Vietnamese legal text: read a file, parse it into provisions, address them, compare versions.

Pure: nothing of Django, nothing of the apps. ``danban lawtext --help`` is the same from the command line.
"""

from danban.lawtext.address import Address
from danban.lawtext.diff import Alignment, Change, align, words
from danban.lawtext.parse import parse, render_text
from danban.lawtext.read import ReadError, Source, SourceLine, read
from danban.lawtext.tree import PROVISION_UNITS, Document, Doubt, Line, Node, Unit

__all__ = [
    "PROVISION_UNITS",
    "Address",
    "Alignment",
    "Change",
    "Document",
    "Doubt",
    "Line",
    "Node",
    "ReadError",
    "Source",
    "SourceLine",
    "Unit",
    "align",
    "parse",
    "read",
    "render_text",
    "words",
]
