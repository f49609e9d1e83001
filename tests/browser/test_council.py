"""The Council's work in a real browser: every page good at both widths, opinions noted on a phone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from danban.accounts.states import AgencyKind, Role
from danban.common import clock
from danban.council import actions
from danban.council.models import Opinion
from danban.policies.models import Policy
from tests.browser.office import enter, look, press, visit
from tests.factories import AgencyFactory, DossierFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    "", "thanh-vien/", "thanh-vien/nhiem-ky/", "thanh-vien/them/", "hop/", "hop/moi/", "danh-muc/",
    "danh-muc/lap/", "chi-dao/", "chi-dao/moi/",
)  # fmt: skip


@pytest.fixture
def officer():
    return UserFactory(role=Role.JUSTICE, agency=AgencyFactory(name="Sở Tư pháp tỉnh Thử Nghiệm"))


@pytest.fixture
def meeting(officer):
    """A meeting that began an hour ago, with two members, one agency and a policy on its agenda."""
    council = actions.establish_council(
        agency=AgencyFactory(kind=AgencyKind.COORDINATION_COUNCIL, name="Hội đồng phối hợp tỉnh Thử Nghiệm"),
        name="Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh", decision_number="12/QĐ-UBND",
        valid_from=dt.date(2026, 1, 5), by=officer,
    )  # fmt: skip
    chair, secretary = (
        actions.recognise_member(
            council=council, name=name, title="Giám đốc", agency=None, seat=seat,
            valid_from=dt.date(2026, 1, 5), recognised_by="12/QĐ-UBND", by=officer,
        )
        for name, seat in (("Nguyễn Văn Mây", "chair"), ("Trần Thị Suối", "secretary"))
    )  # fmt: skip
    began = clock.now() - dt.timedelta(hours=1)
    made = actions.plan_meeting(
        council=council, kind="meeting", title="Họp xác định danh mục chính sách", purpose="",
        starts_at=began, ends_at=None, place="Hội trường", chair=chair, secretary=secretary, by=officer,
    )  # fmt: skip
    policy = Policy.objects.create(
        dossier=DossierFactory(), number=1, title="Thu tiền rác theo lượng", created_by=officer,
        created_at=timezone.now(),
    )  # fmt: skip
    actions.add_agenda_item(meeting=made, title=policy.title, note="", policy=policy, by=officer)
    press_agency = AgencyFactory(kind=AgencyKind.PRESS, name="Báo Thử Nghiệm")
    actions.add_parties(meeting=made, members=[chair, secretary], agencies=[press_agency], by=officer)
    actions.send_invitations(meeting=made, letter_number="Số: 1/GM", sent_on=clock.today(), by=officer)
    return made


def test_a_meeting_is_worked_through_on_a_phone(screen, meeting, officer):
    phone = screen(width=360)
    enter(phone, officer)
    for path in PAGES:
        visit(phone, f"/can-bo/hoi-dong/{path}")
    for path in ("tra-loi/", "noi-dung/", "tai-lieu/", "thanh-phan/", "gui/", "ket-luan/", "huy/"):
        visit(phone, f"/can-bo/hoi-dong/hop/{meeting.pk}/{path}")
    page = visit(phone, f"/can-bo/hoi-dong/hop/{meeting.pk}/")
    press(phone, "Điểm danh", "link")
    look(phone)
    page.get_by_role("checkbox").first.check()
    press(phone, "Lưu điểm danh")
    look(phone)
    press(phone, "Ghi ý kiến Thu tiền rác theo lượng", "link")
    look(phone)
    page.get_by_label("Ý kiến khác").check()
    page.get_by_label("Lời phát biểu: Nguyễn Văn Mây").fill("Nên thí điểm một năm.")
    press(phone, "Lưu ý kiến")
    look(phone)
    said = Opinion.objects.get()
    assert (said.stance, said.words, str(said.party)) == ("other", "Nên thí điểm một năm.", "Nguyễn Văn Mây")
    press(phone, "Ghi là đã họp")
    press(phone, "Viết biên bản", "link")
    look(phone)
    page.get_by_label("Số biên bản").fill("01/BB")
    page.get_by_label("Diễn biến").fill("Chủ trì khai mạc.")
    press(phone, "Lưu biên bản")
    press(phone, "Xem và duyệt", "link")
    assert "Cần một người khác duyệt" in look(phone).inner_text("main")
