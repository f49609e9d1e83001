"""The Council's papers: what they say, and how LibreOffice shows their pages."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from docx import Document

from danban.council import actions, sheets
from danban.council.models import PolicyList
from tests.common.test_paper import pages_of


def words_of(data):
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_an_invitation_says_who_when_where_and_what(plan_meeting, officer):
    meeting = plan_meeting()
    words = words_of(sheets.invitation(meeting))
    for said in (
        "GIẤY MỜI", "Họp Hội đồng quý I năm 2026", "- Nguyễn Văn Mây, Giám đốc, Chủ tịch Hội đồng;",
        "- Báo Sông Mây;", "Thời gian: 08 giờ 30, ngày 10/03/2026.", "Địa điểm: Hội trường Sở Tư pháp.",
        "1. Danh mục chính sách năm 2026.", "Số:        /GM-HĐPH", "TM. HỘI ĐỒNG",
    ):  # fmt: skip
        assert said in words, said
    actions.send_invitations(
        meeting=meeting, letter_number="Số: 03/GM-HĐPH", sent_on=dt.date(2026, 3, 2), by=officer
    )
    meeting.refresh_from_db()
    sent = words_of(sheets.invitation(meeting))
    assert "Số: 03/GM-HĐPH" in sent
    assert "ngày 02 tháng 3 năm 2026" in sent


def test_a_circulation_asks_instead_of_inviting(plan_meeting):
    words = words_of(
        sheets.invitation(plan_meeting(kind="circulation", ends_at=dt.datetime(2026, 3, 20, 17)))
    )
    assert "PHIẾU LẤY Ý KIẾN" in words
    assert "Thời hạn trả lời: trước 17 giờ 00, ngày 20/03/2026." in words
    assert "Địa điểm" not in words


def test_minutes_hold_who_came_what_was_said_and_concluded(minutes, held, justice, officer):
    actions.add_conclusion(
        meeting=held,
        kind="task",
        text="Xây dựng tài liệu.",
        agency=justice,
        due_on=dt.date(2026, 5, 31),
        by=officer,
    )
    words = words_of(sheets.minutes(minutes))
    for said in (
        "BIÊN BẢN", "Số: 01/BB-HĐPH", "Có mặt (3/4):", "Vắng mặt (1):", "- Báo Sông Mây;",
        "- Lê Đình Đồi: Ý kiến khác. Đề nghị bổ sung chính sách hỗ trợ nông dân.",
        "Tổng hợp: 2 tán thành, 0 không tán thành, 1 ý kiến khác, trong 3 ý kiến.",
        "Chủ trì khai mạc.", "hạn hoàn thành: 31/05/2026.",
        "Cuộc họp kết thúc lúc 11 giờ 30, ngày 10/03/2026.",
        "THƯ KÝ", "CHỦ TỌA", "Trần Thị Suối",
    ):  # fmt: skip
        assert said in words, said


def test_a_list_says_that_it_is_a_draft_until_it_is_decided(draft_list, officer):
    assert "DỰ THẢO" in words_of(sheets.decided_list(draft_list))
    actions.decide_list(policy_list=draft_list, number="07/TB", decided_on=dt.date(2026, 3, 11), by=officer)
    words = words_of(sheets.decided_list(PolicyList.objects.get()))
    assert "Số: 07/TB" in words
    assert "Thu tiền rác theo lượng" in words
    assert "DỰ THẢO" not in words


@pytest.mark.office
def test_libreoffice_shows_the_pages(tmp_path, minutes, held, draft_list):
    (page,) = pages_of(tmp_path, sheets.invitation(held), "giay-moi")
    assert page.split("\n")[0].rstrip().endswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert page.index("GIẤY MỜI") < page.index("Thời gian") < page.index("Nơi nhận")
    pages = pages_of(tmp_path, sheets.minutes(minutes), "bien-ban")
    assert "BIÊN BẢN" in pages[0]
    assert pages[0].index("I. THÀNH PHẦN") < pages[0].index("II. NỘI DUNG")
    assert "Nguyễn Văn Mây" in pages[-1]
    assert [one.split()[0] for one in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]
    (lying,) = pages_of(tmp_path, sheets.decided_list(draft_list), "danh-muc")
    assert "DANH MỤC" in lying
