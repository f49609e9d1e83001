"""Terms of rapporteurs and propagandists: entered, ended, brought in from a file, taken out again."""

from __future__ import annotations

import datetime as dt
import io
import os

import pytest
import xlsxwriter
from openpyxl import load_workbook

from danban.audit.models import AuditEntry
from danban.common import clock, sheets
from danban.training import actions, importing, queries, rules, workbooks
from danban.training.models import ImportBatch, Person, Recognition
from danban.training.states import ActivityKind, Duty
from tests.factories import AgencyFactory

MARCH = dt.date(2026, 3, 1)
HEADING = workbooks.REGISTER


def xlsx(rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADING, *rows]):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def cpu():
    """Seconds of processor of this process and of its children: another busy process changes nothing."""
    return sum(os.times()[:4])


@pytest.fixture
def recognise(agency, justice):
    def one(name="Lê Thị Hoa", **given):
        values = {
            "agency": agency,
            "duty": Duty.RAPPORTEUR,
            "area": "Đất đai",
            "recognised_on": MARCH,
            "recognised_by": "215/QĐ-UBND",
            "by": justice,
        }
        return actions.recognise(full_name=name, **values | given)

    return one


def test_a_term_begins_and_ends_by_decisions(recognise, justice, acts):
    acts()
    term = recognise()
    assert acts() == [("register.recognised", f"user:{justice.pk}")]
    with pytest.raises(rules.TrainingRefused, match="sau ngày công nhận"):
        actions.dismiss(term=term, on=MARCH, decision="9/QĐ-UBND", reason="", by=justice)
    ended = actions.dismiss(
        term=term, on=dt.date(2026, 6, 1), decision="9/QĐ-UBND", reason="Nghỉ hưu", by=justice
    )
    assert (ended.dismissed_on, ended.dismissed_by) == (dt.date(2026, 6, 1), "9/QĐ-UBND")
    assert acts() == [("register.dismissed", f"user:{justice.pk}")]
    with pytest.raises(rules.TrainingRefused, match="đã được miễn nhiệm"):
        actions.dismiss(term=term, on=dt.date(2026, 6, 2), decision="9", reason="", by=justice)


def test_terms_do_not_overlap_but_may_follow(recognise, justice):
    term = recognise()
    with pytest.raises(rules.TrainingRefused, match="từ 01/03/2026 và chưa miễn nhiệm"):
        recognise(recognised_on=dt.date(2026, 5, 1))
    recognise(duty=Duty.PROPAGANDIST)
    actions.dismiss(term=term, on=dt.date(2026, 6, 1), decision="9/QĐ", reason="", by=justice)
    with pytest.raises(rules.TrainingRefused, match="từ 01/03/2026 đến trước 01/06/2026"):
        recognise(recognised_on=dt.date(2026, 5, 31))
    recognise(recognised_on=dt.date(2026, 6, 1))
    assert Recognition.objects.count() == 3
    assert Person.objects.count() == 1


def test_activity_falls_within_the_term(recognise, officer, acts):
    term = recognise()
    acts()
    given = {
        "kind": ActivityKind.TALK,
        "topic": "Luật Đất đai",
        "place": "Thôn 3",
        "listeners": 80,
        "by": officer,
    }
    actions.log_activity(term=term, on=dt.date(2026, 4, 2), **given)
    assert acts() == [("register.activity", f"user:{officer.pk}")]
    for day in (MARCH - dt.timedelta(days=1), clock.today() + dt.timedelta(days=1)):
        with pytest.raises(rules.TrainingRefused):
            actions.log_activity(term=term, on=day, **given)


def test_good_rows_are_entered_and_bad_ones_listed(agency, justice, recognise, acts):
    recognise("Đã Có Trong Sổ")
    commune = AgencyFactory(name="Ủy ban nhân dân xã Thử", code="xa-thu")
    acts()
    rows = [
        ["Lê Thị Hoa", commune.name, "Tuyên truyền viên pháp luật", "", "01/02/2026", "3/QĐ-UBND", "", ""],
        [
            "Trần Bé",
            agency.name,
            "Báo cáo viên cấp tỉnh",
            "Hình sự",
            "2026-02-01",
            "4/QĐ",
            "01/05/2026",
            "5/QĐ",
        ],
        ["Đã có trong sổ", agency.name, "báo cáo viên", "", "01/02/2026", "6/QĐ", "", ""],
        ["Trần Bé", agency.name, "Báo cáo viên cấp tỉnh", "", "30/04/2026", "7/QĐ", "", ""],
        ["Phạm Lạ", "Sở Không Có", "báo cáo viên", "", "01/02/2026", "8/QĐ", "", ""],
        ["Phạm Sai", agency.name, "tuyên truyền viên cơ sở", "", "01/02/2026", "8/QĐ", "", ""],
        ["Phạm Sai", agency.name, "cố vấn", "", "01/02/2026", "8/QĐ", "", ""],
        ["Phạm Sai", agency.name, "báo cáo viên", "", "31/02/2026", "8/QĐ", "", ""],
        ["Phạm Sai", agency.name, "báo cáo viên", "", "", "8/QĐ", "", ""],
        ["Phạm Sai", agency.name, "báo cáo viên", "", "01/02/2026", "", "", ""],
        ["Sai", agency.name, "báo cáo viên", "", "01/02/2026", "8/QĐ", "", ""],
        ["Phạm Huyện", agency.name, "báo cáo viên cấp huyện", "", "01/02/2024", "8/QĐ", "", ""],
        ["Phạm Huyện", agency.name, "báo cáo viên cấp huyện", "", "01/02/2024", "8/QĐ", "30/06/2025", "9/QĐ"],
    ]
    batch = actions.import_register(data=xlsx(rows), file_name="so.xlsx", by=justice)
    assert batch.imported == 3
    whys = {bad["row"]: bad["why"] for bad in batch.rejected}
    assert sorted(whys) == [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert "chưa miễn nhiệm" in whys[4]
    assert "từ 01/02/2026 đến trước 01/05/2026" in whys[5]
    assert "cơ quan" in whys[6]
    assert "Nghị định 49/2024" in whys[7]
    assert "lịch sử" in whys[13]
    assert not any("Phạm" in why for why in whys.values())
    kept = set(Recognition.objects.values_list("person__full_name", "duty"))
    assert kept >= {("Lê Thị Hoa", Duty.PROPAGANDIST), ("Phạm Huyện", Duty.DISTRICT_RAPPORTEUR)}
    assert acts() == [("register.imported", f"user:{justice.pk}")]
    entry = AuditEntry.objects.order_by("id").last()
    assert "Hoa" not in str(entry.details)


def test_an_agency_may_be_written_by_its_short_name_and_no_year_is_out_of_reach(justice):
    AgencyFactory(name="Sở Tư pháp tỉnh Thử", short_name="Sở Tư pháp")
    for place in ("Một", "Hai"):
        AgencyFactory(name=f"Ủy ban nhân dân xã {place}", short_name="UBND xã")
    row = ["báo cáo viên", "", "01/02/2026", "3/QĐ", "", ""]
    rows = [
        ["Lê Thị Hoa", "sở tư pháp", *row],
        ["Phạm Văn Hai", "UBND xã", *row],
        ["Phạm Văn Ba", "Sở Tư pháp", "báo cáo viên", "", "01/02/0026", "3/QĐ", "", ""],
    ]
    batch = actions.import_register(data=xlsx(rows), file_name="so.xlsx", by=justice)
    assert list(Recognition.objects.values_list("person__full_name", "agency__name")) == [
        ("Lê Thị Hoa", "Sở Tư pháp tỉnh Thử")
    ]
    whys = {bad["row"]: bad["why"] for bad in batch.rejected}
    assert {row: why.split()[0] for row, why in whys.items()} == {3: "Không", 4: "Không"}
    assert "ngày công nhận" in whys[4]


def test_a_file_that_is_no_register_leaves_nothing(justice):
    with pytest.raises(rules.TrainingRefused, match="tệp mẫu"):
        actions.import_register(data=b"mot;hai\n1;2\n", file_name="so.csv", by=justice)
    assert not ImportBatch.objects.exists()


def test_two_thousand_rows_take_less_than_five_seconds(agency, justice):
    rows = [
        [f"Nguyễn Văn Số {n}", agency.name, "báo cáo viên", "Dân sự", "01/02/2026", f"{n}/QĐ", "", ""]
        for n in range(1990)
    ]
    rows += [["Sai", agency.name, "báo cáo viên", "", "", "", "", ""]] * 10
    data = xlsx(rows)
    began = cpu()
    batch = actions.import_register(data=data, file_name="so.xlsx", by=justice)
    assert cpu() - began < 5
    assert (batch.imported, len(batch.rejected)) == (1990, 10)
    assert Recognition.objects.count() == 1990


def test_what_goes_out_can_come_in_again(recognise, agency):
    recognise("=cmd Một", area="+1")
    recognise("Lê Thị Hoa")
    out = io.BytesIO()
    workbooks.write_register(out, queries.terms_listed())
    cells = {cell.data_type for row in load_workbook(io.BytesIO(out.getvalue())).active.rows for cell in row}
    assert cells <= {"s", "n"}
    rows = sheets.numbered(sheets.read_table(out.getvalue(), kind="xlsx")["rows"])
    lines, bad = importing.terms_in(rows)
    assert bad == []
    assert {(one.full_name, one.agency, one.duty, one.recognised_on) for one in lines} == {
        ("=cmd Một", agency.name, Duty.RAPPORTEUR, MARCH),
        ("Lê Thị Hoa", agency.name, Duty.RAPPORTEUR, MARCH),
    }


@pytest.mark.parametrize("make", [workbooks.register_template, workbooks.people_template])
def test_templates_have_the_columns_that_are_read(make):
    [(_number, cells)] = sheets.numbered(sheets.read_table(make(), kind="xlsx")["rows"])
    heading = [cell for cell in cells if cell]
    columns = importing.TERM_COLUMNS if len(heading) > 3 else importing.PERSON_COLUMNS
    assert len(importing._columns([(1, heading)], columns)[1]) == len(heading) == len(columns)


def test_what_is_known_of_qualification_says_that_it_is_unverified(db):
    rule = queries.qualification_of(Duty.RAPPORTEUR)
    assert not rule.verified
    assert "10/2016/TT-BTP" in rule.legal_basis


def test_on_duty_are_those_not_dismissed(recognise, justice, agency):
    recognise()
    gone = recognise("Trần Thị Bé")
    actions.dismiss(term=gone, on=dt.date(2026, 6, 1), decision="9/QĐ", reason="", by=justice)
    assert queries.on_duty_counts() == {Duty.RAPPORTEUR: 1}
    assert queries.on_duty_counts([agency.pk + 1]) == {}
    assert [one.person.full_name for one in queries.terms_listed(q="hoa")] == ["Lê Thị Hoa"]
    assert queries.terms_listed(now_only=False).count() == 2
