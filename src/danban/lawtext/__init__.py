"""Vietnamese legal text: read a file, parse it into provisions, address and cite them, compare versions.

>>> document = parse("Điều 1. Phạm vi\\n1. Chợ đêm.\\n2. Chợ nổi.")
>>> document.find("dieu-1.khoan-2").text
'Chợ nổi.'

Pure: nothing of Django, nothing of the apps. ``danban lawtext --help`` is the same from the command line.
"""

from danban.lawtext.address import Address
from danban.lawtext.akn import from_akn, to_akn
from danban.lawtext.amend import Applied, apply
from danban.lawtext.cite import Cited, Citer, cite
from danban.lawtext.diff import Alignment, Change, align, words
from danban.lawtext.parse import parse, render_text
from danban.lawtext.read import ReadError, Source, SourceLine, read, read_and_parse
from danban.lawtext.tree import PROVISION_UNITS, Document, Doubt, Line, Node, Unit

__all__ = [
    "PROVISION_UNITS",
    "Address",
    "Alignment",
    "Applied",
    "Change",
    "Cited",
    "Citer",
    "Document",
    "Doubt",
    "Line",
    "Node",
    "ReadError",
    "Source",
    "SourceLine",
    "Unit",
    "align",
    "apply",
    "cite",
    "from_akn",
    "parse",
    "read",
    "read_and_parse",
    "render_text",
    "to_akn",
    "words",
]
