"""The net for files marked secret. Pure: blocks of text in, a verdict out.

Law 117/2025/QH15 on the protection of state secrets: three levels (Mật, Tối mật, Tuyệt mật), stamped on
the document. A mark is a whole block (a paragraph, a cell, a header, a text box), never a word in a
sentence. It is a net, not a judge: a file without marks can still be secret, so a person declares it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_FRAME = " \t\n*=~_|[](){}<>«»“”\"'•·-–—:!★✱■□/\\"
LONGEST_MARK = 120
TOP = 40
"""A mark stands among the first lines of a document; further down a lone word may be a list."""


class Level(StrEnum):
    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Verdict:
    """BLOCK: nothing is kept. WARN: a second person looks at ``reasons``. They are in Vietnamese."""

    level: Level
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Finding:
    """``mark`` is the secrecy level it names; a stamp is in capitals or a whole phrase of the rules."""

    level: Level
    reason: str
    mark: str = ""
    stamp: bool = False


# Words beside which "mật" means something else: honey, density, a password, closeness, to keep to oneself.
_AFTER = frozenset(
    "độ khẩu mã ong thư thiết mía đường vụ báo gấu hoa nghị danh phục kích lệnh do khu điện hiệu".split()  # noqa: SIM905 - words read best as words
)
_BEFORE = frozenset(
    "bảo bí cẩn nước thân nghiêm mía rỉ cơ túi đường ống sỏi dịch nhuyễn mứt hoa dày gia giữ".split()  # noqa: SIM905
)

_MARKS = {"mật": "MẬT", "tối mật": "TỐI MẬT", "tuyệt mật": "TUYỆT MẬT"}
_BARE = {"mat": "mật", "toi mat": "tối mật", "tuyet mat": "tuyệt mật"}
_BESIDE = re.compile(
    r"(hoa toc|thuong khan|khan|hoa toc hen gio|du thao( lan \d+)?|tai lieu|van ban|ban so \d+|so \d+"
    r"|luu hanh noi bo|ban chinh|ban goc)"
)
_DEGREE = re.compile(r"(muc )?do (bi )?mat (tuyet mat|toi mat|mat)")
_RECALL = re.compile(r"tai lieu thu hoi( (thoi han|truoc ngay|sau hoi nghi|sau cuoc hop|so)\b.*)?")
_ENVELOPE = "chi nguoi co ten moi duoc boc bi"
_AT_END = re.compile(r"\(\s*(mật|tối mật|tuyệt mật|MẬT|TỐI MẬT|TUYỆT MẬT|Mật|Tối mật|Tuyệt mật)\s*\)\s*$")


def judge(blocks: Sequence[str], margins: Iterable[str] = ()) -> Verdict:
    """What the marks on a document say.

    ``blocks`` are paragraphs and cells in reading order; ``margins`` what stands beside the text:
    headers, footers, text boxes, watermarks. Each may hold several lines.
    """
    tidy = [_tidy(block) for block in blocks]
    found = [finding for place in range(len(tidy)) for finding in _in_text(tidy, place)]
    for margin in margins:
        lines = [line for line in _tidy(margin).split("\n") if line]
        found += [finding for place in range(len(lines)) for finding in _of_block(lines, place, at_top=True)]
        found += _of_whole(lines)
    return _weigh(found)


def _weigh(found: Sequence[_Finding]) -> Verdict:
    """Lower-case marks of several levels speak of a table or a list of levels: a warning, not a stamp."""
    blocks = [one for one in found if one.level is Level.BLOCK]
    levels = {one.mark for one in found if one.mark}
    if blocks and len(levels) > 1 and not any(one.stamp for one in blocks):
        return Verdict(Level.WARN, ("Văn bản nhắc nhiều độ mật khác nhau, có thể là quy định về độ mật.",))
    if blocks:
        return Verdict(Level.BLOCK, tuple(dict.fromkeys(one.reason for one in blocks)))
    if found:
        return Verdict(Level.WARN, tuple(dict.fromkeys(one.reason for one in found)))
    return Verdict(Level.PASS)


def _in_text(blocks: Sequence[str], place: int) -> Iterator[_Finding]:
    lines = [line for line in blocks[place].split("\n") if line]
    if len(lines) == 1:
        yield from _of_block(blocks, place, at_top=place < TOP)
        return
    for inner in range(len(lines)):
        yield from _of_block(lines, inner, at_top=place < TOP)
    yield from _of_whole(lines)


def _of_whole(lines: Sequence[str]) -> Iterator[_Finding]:
    """A cell or box whose few lines together make a mark: "TỐI" over "MẬT"."""
    if 1 < len(lines) <= 3 and (mark := _mark_in(" ".join(lines))):
        yield _stamp(mark)


def _of_block(blocks: Sequence[str], place: int, *, at_top: bool) -> Iterator[_Finding]:
    """Marks of one line, its neighbours in view: a table may break "MẬT / ĐỘ" over two lines."""
    block = blocks[place].strip()
    if not block or len(block) > LONGEST_MARK:
        return
    before = blocks[place - 1].split() if place else []
    after = blocks[place + 1].split() if place + 1 < len(blocks) else []
    if mark := _mark_in(block):
        if mark == "mật" and (_word(after[:1]) in _AFTER or _word(before[-1:]) in _BEFORE):
            return
        yield _weight_of(block, mark, at_top=at_top)
    elif at_top and (mark := _across(block, after, len(blocks[place + 1]) if after else 0)):
        yield _stamp(mark)
    else:
        yield from _of_phrase(block)


def _across(block: str, after: Sequence[str], length: int) -> str:
    """ "TỐI" on one line, "MẬT" on the next."""
    if length > 12 or not block.isupper() or block not in ("TỐI", "TUYỆT", "TOI", "TUYET"):
        return ""
    return _mark_in(f"{block} {' '.join(after)}")


def _weight_of(block: str, mark: str, *, at_top: bool) -> _Finding:
    if block.rstrip()[-1:] in ".;,":
        return _Finding(Level.WARN, f"Có dòng chỉ ghi “{block}”, có thể là một mục trong danh sách.", mark)
    letters = [letter for letter in block if letter.isalpha()]
    if all(letter.isupper() for letter in letters):
        return _stamp(mark)
    if at_top or mark != "mật":
        return _Finding(Level.BLOCK, f"Có dòng chỉ ghi độ mật “{_MARKS[mark]}”.", mark)
    return _Finding(Level.WARN, f"Có dòng chỉ ghi “{block}”.", mark)


def _stamp(mark: str) -> _Finding:
    return _Finding(Level.BLOCK, f"Có dấu độ mật “{_MARKS[mark]}”.", mark, stamp=True)


def _of_phrase(block: str) -> Iterator[_Finding]:
    bare = _fold(_strip_signs(block))
    if match := _DEGREE.fullmatch(bare):
        yield _stamp(_BARE[match[3]])
    elif _RECALL.fullmatch(bare):
        yield _Finding(Level.BLOCK, "Có dấu “TÀI LIỆU THU HỒI”.", stamp=True)
    elif _ENVELOPE in bare:
        alone = len(bare) <= len(_ENVELOPE) + 12
        level = Level.BLOCK if alone else Level.WARN
        yield _Finding(level, "Có dòng “Chỉ người có tên mới được bóc bì”.", stamp=alone)
    elif (match := _AT_END.search(block)) and len(block) <= 80:
        level = Level.BLOCK if match[1].isupper() else Level.WARN
        stamp = level is Level.BLOCK
        yield _Finding(level, f"Có dòng kết thúc bằng “({match[1]})”.", match[1].lower(), stamp)
    elif bare == "luu hanh noi bo":
        yield _Finding(Level.WARN, "Có dòng “Lưu hành nội bộ”.")


def _mark_in(block: str) -> str:
    """The secrecy level a line consists of ("mật", "tối mật", "tuyệt mật"), or ""."""
    core = block.strip(_FRAME + ".;,").lower()
    if mark := _exactly(core, block):
        return mark
    pieces = [piece.strip(_FRAME) for piece in re.split(r"[-–—/|,+]", core)]
    if len(pieces) > 1:
        marks = [mark for piece in pieces if (mark := _exactly(piece, block))]
        others = [piece for piece in pieces if piece and not _exactly(piece, block)]
        if marks and all(_BESIDE.fullmatch(_fold(piece)) for piece in others):
            return marks[0]
    words = core.split(" ", 2)
    if len(words) == 3 and " ".join(words[:2]) in ("tài liệu", "văn bản") and block.isupper():
        return _exactly(words[2], block)
    return ""


def _exactly(core: str, block: str) -> str:
    joined = _join_spaced(core)
    if joined in _MARKS:
        return joined
    mark = _BARE.get(joined, "")
    if (
        mark
        and joined.isascii()
        and (mark != "mật" or ("MAT" in _join_spaced(block.upper()) and block.isupper()))
    ):
        return mark
    return ""


_UNSPACED = {
    "mật": "mật",
    "tốimật": "tối mật",
    "tuyệtmật": "tuyệt mật",
    "toimat": "toi mat",
    "tuyetmat": "tuyet mat",
}


def _join_spaced(core: str) -> str:
    """ "t ố i  m ậ t" as "tối mật"; other text with its spaces made single."""
    words = re.split(r"[\s.]+", core)
    if len(words) > 2 and all(len(word) == 1 for word in words):
        together = "".join(words)
        return _UNSPACED.get(together, together)
    return " ".join(core.split())


def _tidy(text: str) -> str:
    """NFC, nothing invisible, plain spaces; lines kept."""
    clean = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return "\n".join(" ".join(line.split()) for line in clean.split("\n")).strip("\n")


def _strip_signs(block: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", block).split())


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(mark for mark in bare if not unicodedata.combining(mark)).replace("đ", "d")


def _word(words: Sequence[str]) -> str:
    return words[0].strip(".,;:()").lower() if words else ""
