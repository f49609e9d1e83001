"""Vietnamese prose cut into sentences and clauses; where in a clause the doing begins. Nothing is lost."""

from __future__ import annotations

import re

from danban.plan.reading.bodies import opens_with_body

_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZĐÀ-Ỵ“\"(-])")
_SHORTENED = re.compile(r"(?:\b(?:TP|Tp|TS|ThS|PGS|GS|TX|TT|Q|P|Mr)|\d|^[IVXLC]+|^[A-Za-zĐđ])\.$")
_CLAUSE = re.compile(r"(?<=;)\s*")
_BRACKETS = re.compile(r"\([^()]*\)|“[^”]*”")

_VERBS = (
    r"tổ chức(?! chính trị| hành nghề| xã hội| đoàn thể|,| liên quan| đảng)|tiếp tục|thực hiện|tham mưu|"
    r"xây dựng|ban hành|đăng tải|cung cấp|tham gia|phối hợp|chủ trì|tăng cường|bảo đảm|đảm bảo|đẩy mạnh|"
    r"rà soát|hướng dẫn|kiểm tra|theo dõi|đôn đốc|tiếp nhận|xử lý|tổng hợp|báo cáo(?! viên)|triển khai|"
    r"nâng cao|chú trọng|xác định|lựa chọn|biên soạn|phổ biến|tuyên truyền|truyền thông|bố trí|cập nhật|"
    r"đề xuất|trình|sơ kết|tổng kết|đánh giá|tập huấn|bồi dưỡng|phát huy|huy động|chỉ đạo|lồng ghép|"
    r"kịp thời|chủ động|gửi|lập|phê duyệt|công bố|công khai|giải trình|tiếp thu|hoàn thiện|nghiên cứu|"
    r"quán triệt|định hướng|duy trì|phát hành|in ấn|mở (?:lớp|chuyên)|thẩm định|giám sát|khảo sát|"
    r"lấy ý kiến|ứng dụng|chuẩn bị|hỗ trợ|kiện toàn|củng cố|khen thưởng|biểu dương|ký kết|phát sóng|"
    r"phát động|thường xuyên|đưa"
)
_VERB = re.compile(rf"(?<!\w)(?:{_VERBS})(?!\w)")
_STARTS = re.compile(rf"(?:{_VERBS})(?!\w)", re.IGNORECASE)
_NOT_BEFORE = frozenset("các những của về và cho từ bằng theo mọi".split())  # noqa: SIM905
_LINK = re.compile(
    r"(?:bên cạnh đó|trên cơ sở đó|ngoài ra|đồng thời|theo đó|trong đó|cùng với đó|tiếp đó),?\s+"
    r"(?:(?:cũng|cần|phải|tỉnh)\s+)*|căn cứ [^,;.:]{3,80},\s+|(?:cũng|cần|phải)\s+",
    re.IGNORECASE,
)  # fmt: skip
_LEAD_IN = re.compile(
    r",?\s*(?:bao gồm|gồm có|gồm|cụ thể là|cụ thể|như sau|như)\s*:\s*"
    r"|,\s*(?:bao gồm|gồm có|gồm|cụ thể là|cụ thể)\s+|:\s+"
)
_ROLE = re.compile(
    r"(?:[Cc]ác )?(?:[Đđ]ơn vị|[Cc]ơ quan)(?: được giao)? chủ trì (?:tham mưu )?(?:xây dựng|soạn thảo)"
    r"(?: (?:dự thảo )?(?:văn bản quy phạm pháp luật|văn bản QPPL|VBQPPL|văn bản|chính sách))?"
)
_DUTY = re.compile(r"\s*,?\s*(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)\s*:?\s*")


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; joined with spaces they are the paragraph again."""
    found: list[str] = []
    for piece in _END.split(paragraph.strip()):
        if found and (_SHORTENED.search(found[-1]) or _depth(found[-1]) > 0):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return [one for one in found if one]


def _depth(text: str) -> int:
    return text.count("(") + text.count("“") - text.count(")") - text.count("”")


def clauses(sentence: str) -> list[str]:
    """A sentence cut behind ";" where something to do, or someone to do it, begins again."""
    found: list[str] = []
    for piece in _CLAUSE.split(sentence):
        if not piece:
            continue
        inside = found and _depth(found[-1]) > 0
        if found and (inside or not (starts_with_verb(piece) or opens_with_body(piece))):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


def starts_with_verb(text: str) -> bool:
    return bool(_STARTS.match(without_link(text)))


def without_link(text: str) -> str:
    """The clause without the words that only tie it to the one before ("Bên cạnh đó, cũng …")."""
    match = _LINK.match(text)
    return text[match.end() :] if match else text


def lead_in(sentence: str) -> tuple[str, str]:
    """ "X, gồm A; B" as what stands before the list and the list; ("", sentence) when there is none."""
    shield = _BRACKETS.sub(lambda match: "x" * len(match[0]), sentence)
    for match in _LEAD_IN.finditer(shield):
        rest = sentence[match.end() :]
        if match.start() > 10 and len(rest) > 10 and (starts_with_verb(rest) or opens_with_body(rest)):
            return sentence[: match.end()].rstrip(), rest
    return "", sentence


def split_at_and(clause: str) -> list[str]:
    """ "A và tổ chức B" as two: only before a verb that begins a work of its own, behind enough words."""
    shield = _BRACKETS.sub(lambda match: "x" * len(match[0]), clause)
    for match in re.finditer(
        r"\s(và (?:tổ chức (?!thực hiện|triển khai|thi hành|chính trị|xã hội)|cung cấp ))", shield
    ):
        left = clause[: match.start()]
        if len(left.split()) >= 5 and "," not in left[-25:]:
            return [left, clause[match.start() + 1 :]]
    return [clause]


def subject_of(clause: str) -> tuple[str, str]:
    """Who does it and the rest: "Thủ trưởng các đơn vị có trách nhiệm …"; ("", clause) without one."""
    if match := _ROLE.match(clause):
        rest = clause[match.end() :]
        duty = _DUTY.match(rest)
        rest = rest[duty.end() :] if duty else rest.lstrip(" :,")
        return (match[0], rest) if starts_with_verb(rest) else ("", clause)
    if not opens_with_body(clause):
        return "", clause
    duty = _DUTY.search(clause)
    at = verb_place(clause)
    if duty and (at is None or duty.start() < at):
        return clause[: duty.start()], clause[duty.end() :]
    if at is None or at > 160:
        return "", clause
    return clause[:at].strip(" ,:"), clause[at:]


def verb_place(text: str) -> int | None:
    """Where the first verb stands that is none of a name's words: not behind "các", a comma or "và"."""
    for match in _VERB.finditer(text):
        before = text[: match.start()].rstrip()
        if not before or before[-1] in ",(/" or before.split()[-1].lower() in _NOT_BEFORE:
            continue
        return match.start()
    return None
