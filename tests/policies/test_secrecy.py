"""Twenty-four ways to mark a file that must be caught, twenty-eight that only look like it."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.policies.secrecy import Level, judge

HEAD = ["ỦY BAN NHÂN DÂN TỈNH SÔNG MÂY", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
BODY = ["QUYẾT ĐỊNH", "Điều 1. Phạm vi điều chỉnh", "Quyết định này quy định về thu gom rác."]

MARKED = [
    "MẬT",
    "Mật",
    "TỐI MẬT",
    "Tối mật",
    "TUYỆT MẬT",
    "Tuyệt mật",
    " [MẬT] ",
    "★ TỐI MẬT ★",
    "*** TUYỆT MẬT ***",
    "“MẬT”",
    "M Ậ T",
    "T Ố I   M Ậ T",
    "T U Y Ệ T  M Ậ T",
    "T.Ố.I M.Ậ.T",
    unicodedata.normalize("NFD", "TỐI MẬT"),
    "TỐI\u00a0MẬT",
    "TUYỆT\u200b MẬT",
    "MAT",
    "TOI MAT",
    "Tuyet mat",
    "Độ mật: Mật",
    "ĐỘ MẬT: TỐI MẬT",
    "Mức độ mật: tuyệt mật",
    "Do mat: Toi mat",
    "TÀI LIỆU THU HỒI",
    "Tài liệu thu hồi, thời hạn 31/12/2026",
    "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ",
    "MẬT - HỎA TỐC",
    "Hỏa tốc/Mật",
    "DỰ THẢO - MẬT",
    "TÀI LIỆU MẬT",
    "Số: 12/BC-UBND (MẬT)",
    "MẬT/Bản số 03",
]

TRAPS = [
    "MẬT ĐỘ XÂY DỰNG",
    "Mật độ dân số",
    "BẢO MẬT",
    "Bảo mật thông tin",
    "BÍ MẬT NHÀ NƯỚC",
    "Điều 7. Bảo vệ bí mật nhà nước",
    "mật ong",
    "MẬT ONG RỪNG",
    "MẬT KHẨU",
    "Mật khẩu đăng nhập",
    "mật mã dân sự",
    "Ban Cơ yếu, mật mã quốc gia",
    "bí mật kinh doanh",
    "Cơ quan mật vụ",
    "nước mật",
    "Mặt",
    "MẶT",
    "Mắt",
    "mát",
    "Mất",
    "Mặt trận Tổ quốc",
    "Mật thiết",
    "a) Tuyệt mật;",
    "1. Bí mật nhà nước gồm ba độ: Tuyệt mật, Tối mật, Mật.",
    "Độ mật: ........................",
    "Độ mật của tài liệu do người soạn thảo đề xuất.",
    "Tài liệu thu hồi đất gồm bản đồ và danh sách hộ.",
    "Việc thu hồi tài liệu thực hiện theo quy chế.",
    "Tối thiểu",
    "TỐI ĐA",
    "Tuyệt đối không đốt rác.",
    "Mật rỉ đường",
    "Văn bản mật được gửi qua đường cơ yếu.",
]


@pytest.mark.parametrize("mark", MARKED)
def test_a_marked_file_is_refused_wherever_the_mark_stands(mark):
    for blocks, margins in (
        ([HEAD[0], mark, *HEAD[1:], *BODY], []),
        ([f"{HEAD[0]}\nSố: /QĐ-UBND\n{mark}", *BODY], []),
        (HEAD + BODY, [mark]),
    ):
        verdict = judge(blocks, margins)
        assert verdict.level is Level.BLOCK, (blocks, margins)
        assert verdict.reasons


@pytest.mark.parametrize("trap", TRAPS)
def test_what_only_looks_like_a_mark_passes(trap):
    assert judge([*HEAD, trap, *BODY]).level is not Level.BLOCK
    assert judge([*HEAD, *BODY], [trap]).level is not Level.BLOCK


def test_most_traps_do_not_even_warn():
    warned = [trap for trap in TRAPS if judge([*HEAD, trap, *BODY]).level is Level.WARN]
    assert warned == []


@pytest.mark.parametrize(
    "blocks",
    [
        ["STT", "MẬT", "ĐỘ", "Ghi chú"],
        ["Chỉ tiêu\nMẬT\nĐỘ", "Ghi chú"],
        ["QUY ĐỊNH VỀ BẢO", "MẬT"],
        ["Tuyệt mật;", "Tối mật;", "Mật."],
        ["Độ mật", "Tuyệt mật", "Tối mật", "Mật"],
    ],
)
def test_a_word_broken_over_lines_or_a_list_of_levels_is_not_a_stamp(blocks):
    assert judge([*HEAD, *BODY, *blocks]).level is not Level.BLOCK


def test_a_list_of_levels_warns_the_second_person():
    verdict = judge([*HEAD, *BODY, "Tuyệt mật;", "Tối mật;", "Mật."])
    assert verdict.level is Level.WARN
    assert verdict.reasons


def test_a_stamp_is_found_though_the_text_lists_levels():
    assert judge(["TỐI MẬT", *HEAD, *BODY, "Tuyệt mật;", "Tối mật;", "Mật."]).level is Level.BLOCK


def test_a_mark_over_two_lines():
    assert judge([*HEAD, "TỐI", "MẬT", *BODY]).level is Level.BLOCK
    assert judge([*HEAD, "TUYỆT\nMẬT", *BODY]).level is Level.BLOCK


def test_a_plain_file_passes():
    assert judge(HEAD + BODY).level is Level.PASS
    assert judge([]).level is Level.PASS


@given(st.lists(st.text(max_size=60), max_size=12), st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gets_a_verdict(blocks, margins):
    assert judge(blocks, margins).level in Level


def test_five_thousand_blocks_are_quick():
    blocks = HEAD + BODY * 1700
    started = time.process_time()
    judge(blocks)
    assert time.process_time() - started < 1.5
