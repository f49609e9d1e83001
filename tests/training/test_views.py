"""Officers' screens: who sees what, what a refusal gives back, lists in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.common.contact import ContactData
from danban.common.tables import BOM
from danban.plan.models import Assignment, Plan, Task
from danban.plan.states import Part, PlanKind, PlanState
from danban.training import actions, rules
from danban.training.models import Attendance, Course, Need, Question, Recognition, Registration, Session
from danban.training.states import Audience, Duty, SessionState
from tests.factories import AgencyFactory, UserFactory


@pytest.fixture
def stranger(db):
    return UserFactory(role=Role.OFFICER, agency=AgencyFactory())


def url(name, *args):
    return reverse(f"training:{name}", args=args)


def test_an_officer_makes_a_course_a_session_and_opens_it(client, sign_in, agency, officer):
    sign_in(officer)
    course = {
        "agency": agency.pk,
        "title": "Kỹ năng đối thoại",
        "organiser": "own",
        "audiences": [Audience.LEGAL_OFFICER, Audience.PROPAGANDIST],
        "content": "Chuyên đề 1.",
        "hours": "3,5",
        "pass_mark": "70",
        "attempts": "3",
    }
    refused = client.post(url("make_course"), {**course, "hours": "nhiều"})
    assert refused.status_code == 422
    assert "Kỹ năng đối thoại" in refused.content.decode()
    assert not Course.objects.exists()
    client.post(url("make_course"), course)
    made = Course.objects.get()
    client.post(
        url("plan_session", made.pk),
        {
            "place": "Hội trường",
            "starts_at": "08:00 10/12/2026",
            "ends_at": "11:30 10/12/2026",
            "hours": "3,5",
            "capacity": "40",
        },
    )
    session = Session.objects.get()
    assert session.starts_at == dt.datetime(2026, 12, 10, 1, 0, tzinfo=dt.UTC)
    client.post(url("move", session.pk, "mo"))
    session.refresh_from_db()
    assert session.state == SessionState.OPEN
    question = {"text": "Ai trả lời?", "choices": "Một\nHai\n", "right": "2"}
    client.post(url("add_question", made.pk), question)
    assert (Question.objects.get().choices, Question.objects.get().right) == (["Một", "Hai"], 1)
    bad = client.post(url("add_question", made.pk), {**question, "right": "3"})
    assert bad.status_code == 422
    assert "Ai trả lời?" in bad.content.decode()
    late = client.post(
        url("edit_session", session.pk),
        {
            "place": "Hội trường B",
            "starts_at": "08:00 10/12/2026",
            "ends_at": "07:00 10/12/2026",
            "hours": "1",
            "capacity": "40",
        },
    )
    assert late.status_code == 422
    assert "sau giờ bắt đầu" in late.content.decode()


def test_a_course_may_serve_a_task_that_ones_own_agency_carries(client, sign_in, agency, officer):
    today = clock.today()
    plan = Plan.objects.create(
        kind=PlanKind.values[0],
        number="1/KH-UBND",
        title="Kế hoạch",
        issued_on=today,
        issuer=agency,
        lead=agency,
        starts_on=today,
        ends_on=today,
        state=PlanState.IN_FORCE,
        created_by=officer,
        created_at=clock.now(),
    )
    own, other = (Task.objects.create(plan=plan, position=n, content=f"Việc {n}") for n in range(2))
    Assignment.objects.create(task=own, part=Part.LEADS, agency=agency)
    Assignment.objects.create(task=other, part=Part.LEADS, agency=AgencyFactory())
    sign_in(officer)
    form = client.get(url("make_course")).context["form"]
    assert list(form.fields["task"].queryset) == [own]


def test_other_agencies_rows_are_not_found(client, sign_in, stranger, session, enter, justice):
    registration = enter(session).registration
    sign_in(stranger)
    paths = [
        url("course", session.course_id),
        url("session", session.pk),
        url("screen", session.pk),
        url("add_person", session.pk),
        url("person", registration.person_id),
    ]
    assert [client.get(path).status_code for path in paths] == [404] * 5
    assert client.post(url("mark", registration.pk, "co-mat")).status_code == 404
    sign_in(justice)
    assert [client.get(path).status_code for path in paths] == [200] * 5


def test_the_registers_are_kept_by_justice_only(client, sign_in, officer):
    sign_in(officer)
    assert client.get(url("register")).status_code == 200
    for name in ("recognise", "import_register", "register_template"):
        assert client.get(url(name)).status_code == 403
    assert client.get(url("register_export", "csv")).status_code == 403


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("home", 9), ("needs", 6), ("courses", 5), ("people", 6), ("register", 5), ("session", 11)],
)
def test_lists_take_as_many_queries_for_three_rows_as_for_one(
    client, sign_in, justice, agency, make_session, be_there, hold, officer, n, name, queries,
    django_assert_max_num_queries,
):  # fmt: skip
    session = make_session()
    for number in range(n):
        be_there(session, f"Lê Văn Số {number}", agency=agency)
        hold(made := make_session(title=f"Khóa {number}"))
        assert made.pk
        make_session(starts_at=clock.now() + dt.timedelta(days=9))
        actions.state_need(
            agency=agency, audience=Audience.OTHER, topic="x", people=1, wanted_by=None, by=officer
        )
        actions.recognise(
            full_name=f"Lê Văn Số {number}",
            agency=agency,
            duty=Duty.RAPPORTEUR,
            area="",
            recognised_on=dt.date(2026, 1, 1),
            recognised_by="1/QĐ",
            by=justice,
        )
    hold(session)
    sign_in(justice)
    with django_assert_max_num_queries(queries):
        page = client.get(url(name, *([session.pk] if name == "session" else [])) + "?nam=2026")
    assert page.status_code == 200


def test_adding_people_marking_them_and_their_certificates(client, sign_in, officer, session, agency):
    sign_in(officer)
    page = client.get(url("add_person", session.pk))
    form = {"full_name": "Lê Thị Hoa", "agency": agency.pk, "key": page.context["form"].initial["key"]}
    with clock.at(session.starts_at):
        first = client.post(url("add_person", session.pk), form)
        again = client.post(url("add_person", session.pk), form)
    code = first.context["ticket"].code
    assert code == again.context["ticket"].code
    registration = Registration.objects.get()
    with clock.at(session.starts_at):
        client.post(url("mark", registration.pk, "co-mat"))
    assert Attendance.objects.get().entered_by == officer
    with clock.at(session.ends_at):
        client.post(url("move", session.pk, "da-to-chuc"))
        client.post(url("issue", session.pk))
    made = registration.certificates.get()
    paper = client.get(url("certificate", made.pk))
    assert paper.content.startswith(b"%PDF-")
    assert made.number in paper["Content-Disposition"]
    client.post(url("withdraw_certificate", made.pk), {"reason": "Cấp nhầm người."})
    made.refresh_from_db()
    assert made.withdrawn_reason == "Cấp nhầm người."


def test_the_screen_shows_the_code_of_now_and_comes_anew(client, sign_in, officer, session):
    sign_in(officer)
    with clock.at(session.starts_at + dt.timedelta(seconds=30)):
        page = client.get(url("screen", session.pk))
        code = rules.room_code(session.pk, clock.now())
    assert code in page.content.decode()
    assert page["Refresh"] == "91"
    with clock.at(session.starts_at - dt.timedelta(days=1)):
        early = client.get(url("screen", session.pk))
        assert rules.room_code(session.pk, clock.now()) not in early.content.decode()


def test_people_are_brought_in_by_file(client, sign_in, officer, session):
    sign_in(officer)
    file = SimpleUploadedFile("a.csv", "Họ và tên;Cơ quan\nLê Thị Hoa;Xã Thử\nHoa;Xã Thử\n".encode())
    page = client.post(url("import_people", session.pk), {"file": file}, follow=True)
    assert page.context["batch"].imported == 1
    assert "Ghi đủ họ và tên." in page.content.decode()
    bad = client.post(url("import_people", session.pk), {"file": SimpleUploadedFile("a.csv", b"x;y\n1;2")})
    assert bad.status_code == 422
    assert client.get(url("people_template")).content.startswith(b"PK")


def test_the_list_for_the_door_has_codes_and_contact_is_for_approvers(
    client, sign_in, officer, agency, session, enter
):
    ticket = enter(session, contact=ContactData(email="an@thu.example"))
    sign_in(officer)
    book = load_workbook(io.BytesIO(b"".join(client.get(url("people_list", session.pk)))))
    assert [cell.value for cell in book.active[2]][-1] == ticket.code
    assert AuditEntry.objects.order_by("id").last().action == "registration.exported"
    assert client.post(url("contact", ticket.registration.pk, "xem")).status_code == 403
    sign_in(UserFactory(role=Role.APPROVER, agency=agency))
    assert "Xem liên hệ" in client.get(url("session", session.pk)).content.decode()
    shown = client.post(url("contact", ticket.registration.pk, "xem"))
    assert "an@thu.example" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    client.post(url("contact", ticket.registration.pk, "xoa"))
    assert "Xem liên hệ" not in client.get(url("session", session.pk)).content.decode()


def test_material_is_taken_only_with_a_word_on_secrecy(client, sign_in, officer, session):
    sign_in(officer)
    path = url("add_material", session.pk)
    asked = client.post(path, {"file": SimpleUploadedFile("bai.txt", "Bài một.".encode())})
    assert asked.status_code == 422
    secret = client.post(
        path, {"file": SimpleUploadedFile("bai.txt", "TỐI MẬT\nBài.".encode()), "checked": "on"}
    )
    assert secret.status_code == 422
    assert "bí mật nhà nước" in secret.content.decode()
    client.post(path, {"file": SimpleUploadedFile("bai.txt", "Bài một.".encode()), "checked": "on"})
    material = session.materials.get()
    client.post(url("remove_material", session.pk, material.pk))
    assert not session.materials.exists()


def test_a_session_is_cancelled_with_its_reason(client, sign_in, officer, session):
    sign_in(officer)
    assert client.post(url("cancel", session.pk), {"reason": ""}).status_code == 422
    client.post(url("cancel", session.pk), {"reason": "Bão số 9."})
    assert "Bão số 9." in client.get(url("session", session.pk)).content.decode()


def test_a_need_is_stated(client, sign_in, officer, agency):
    sign_in(officer)
    form = {"agency": agency.pk, "audience": "propagandist", "topic": "Nói chuyện", "people": "12"}
    assert client.post(url("state_need"), {**form, "people": "0"}).status_code == 422
    client.post(url("state_need"), form)
    assert Need.objects.get().people == 12


def test_the_register_on_screens_and_as_files(client, sign_in, justice, agency):
    sign_in(justice)
    form = {
        "full_name": "Lê Thị Hoa",
        "agency": agency.pk,
        "duty": "rapporteur",
        "area": "=1+1",
        "recognised_on": "01/03/2026",
        "recognised_by": "215/QĐ-UBND",
    }
    page = client.get(url("recognise"))
    assert "chưa đối chiếu" in page.content.decode()
    client.post(url("recognise"), form)
    term = Recognition.objects.get()
    clash = client.post(url("recognise"), {**form, "recognised_on": "01/04/2026"})
    assert clash.status_code == 422
    assert "không được trùng nhau" in clash.content.decode()
    client.post(
        url("log_activity", term.pk),
        {"on": "02/04/2026", "kind": "talk", "topic": "Luật Đất đai", "listeners": ""},
    )
    assert "Luật Đất đai" in client.get(url("term", term.pk)).content.decode()
    csv = b"".join(client.get(url("register_export", "csv"), {"q": "hoa"})).decode()
    assert csv.startswith(BOM)
    assert '"\'=1+1"' in csv
    book = load_workbook(io.BytesIO(b"".join(client.get(url("register_export", "xlsx")))))
    assert [cell.value for cell in book.active[2]][:2] == ["Lê Thị Hoa", agency.name]
    assert AuditEntry.objects.filter(action="register.exported").count() == 2
    client.post(url("dismiss", term.pk), {"on": "01/06/2026", "decision": "9/QĐ-UBND"})
    assert "Lê Thị Hoa" not in client.get(url("register")).content.decode()
    assert "Lê Thị Hoa" in client.get(url("register") + "?ca=1").content.decode()


def test_a_register_is_brought_in_by_file(client, sign_in, justice, agency):
    sign_in(justice)
    text = (
        "Họ và tên;Cơ quan;Loại;Ngày công nhận;Số quyết định công nhận\n"
        f"Lê Thị Hoa;{agency.name};báo cáo viên;01/03/2026;1/QĐ\n"
        "Trần Bé;Không Có;báo cáo viên;01/03/2026;1/QĐ\n"
    )
    file = SimpleUploadedFile("so.csv", text.encode())
    page = client.post(url("import_register"), {"file": file}, follow=True)
    assert page.context["batch"].imported == 1
    assert "Trần Bé" not in page.content.decode()
    assert client.get(url("register_template")).content.startswith(b"PK")
