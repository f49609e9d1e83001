"""The rows of the table: their order, who is named, what is put together."""

from __future__ import annotations

from danban.answers import actions
from danban.consultation.models import OpinionRequest
from danban.reports import exports, figures, queries
from danban.reports.states import SHEET, STATUTORY, Column
from danban.reports.synthesis import UNANSWERED, WHOLE_DRAFT, Synthesis


def table(window):
    return Synthesis(provisions=queries.provisions_by_id(window), answers=queries.answers_by_point(window))


def blocks(window):
    return list(table(window).blocks(queries.opinions(window)))


def test_by_article_then_commenter(window, place, say, answer):
    late = say("Về Điều 2.", provision=place["dieu-2"])
    person = say("Tôi ở chợ.", provision=place["dieu-1.khoan-2"])
    firm = say("Chúng tôi đồng ý.", provision=place["dieu-1.khoan-2"], commenter_kind="business")
    agency = say(
        "Cần rõ hơn.", provision=place["dieu-1"], commenter_kind="agency", public_name="UBND xã Sông Mây"
    )
    general = say("Dự thảo cần thiết.")
    answer([person, firm, agency], provision=place["dieu-1.khoan-2"])
    found = blocks(window)
    assert [(one.article, one.place) for one in found] == [
        (WHOLE_DRAFT, WHOLE_DRAFT),
        ("Điều 1. Phạm vi điều chỉnh", "Khoản 2 Điều 1"),
        ("Điều 2. Đối tượng áp dụng", "Điều 2"),
    ]
    assert [(one.commenters, one.content) for one in found[1].entries] == [
        ("UBND xã Sông Mây", "(Điều 1) Cần rõ hơn."),
        (f"Doanh nghiệp (mã {firm.pk})", "Chúng tôi đồng ý."),
        (f"Công dân (mã {person.pk})", "Tôi ở chợ."),
    ]
    assert found[1].title == "Giờ thu gom"
    assert found[1].answer == "Tiếp thu.\nBổ sung."
    assert [found[0].answer, found[2].answer] == [UNANSWERED, UNANSWERED]
    assert general.text in found[0].entries[0].content
    assert late.text in found[2].entries[0].content


def test_same_words_stand_once_with_all_who_sent_them(window, place, say, answer):
    spot = place["dieu-2"]
    copies = [say("Phí quá cao.", provision=spot) for _ in range(3)]
    named = say("Phí quá cao.", provision=spot, commenter_kind="organisation", public_name="Hội Nông dân")
    other = say("Phí quá cao, nhất là hộ nghèo.", provision=spot)
    answer([*copies, named, other], provision=spot, title="Mức phí", disposition="not_accepted")
    entries = blocks(window)[0].entries
    numbers = ", ".join(str(copy.pk) for copy in copies)
    assert [one.commenters for one in entries] == [
        f"4 ý kiến cùng nội dung: Hội Nông dân; Công dân (mã {numbers})",
        f"Công dân (mã {other.pk})",
    ]


def test_unscreened_and_withheld_words_stay_in(window, say):
    say("Số căn cước 079123456789.", visibility="held")
    say("Lời tục.", visibility="withheld", withheld_reason="insult")
    content = [entry.content for entry in blocks(window)[0].entries]
    assert content == ["(Nội dung đang chờ cán bộ kiểm tra)", "(Không nêu nội dung: Xúc phạm người khác)"]


def test_a_draft_answer_never_reaches_the_table(window, say, people):
    by, _ = people
    point = actions.make_point(window=window, title="Giờ", provision=None, comments=[say("Lời.")], by=by)
    actions.save_answer(point=point, disposition="accepted", reason="Chưa duyệt.", by=by)
    assert blocks(window)[0].answer == UNANSWERED


def test_the_draft_column_holds_the_article_and_all_below(window, place, say):
    say("Lời.", provision=place["dieu-1"])
    assert blocks(window)[0].draft == (
        "Điều 1. Phạm vi điều chỉnh\n"
        "1. Quy định này quy định việc phân loại rác tại nhà.\n"
        "2. Rác được chia thành ba loại."
    )


def test_rows_hold_one_opinion_each(window, place, say, answer):
    one = say("Lời.", provision=place["dieu-1.khoan-2"])
    two = say("Lời.", provision=place["dieu-2"])
    answer([one, two], provision=place["dieu-2"], disposition="partly_accepted")
    rows = [dict(zip(SHEET, row, strict=True)) for row in table(window).rows(queries.opinions(window), SHEET)]
    assert [(row[Column.NUMBER], row[Column.PLACE]) for row in rows] == [
        (str(one.pk), "Khoản 2 Điều 1"),
        (str(two.pk), "Điều 2"),
    ]
    assert {row[Column.DISPOSITION] for row in rows} == {"Tiếp thu một phần"}
    statutory = next(iter(table(window).rows(queries.opinions(window), STATUTORY)))
    assert statutory[0] == "Điều 2\nGiờ thu gom"


def test_opinions_commenters_and_agencies_are_three_counts(window, say, ask, answer):
    replied, _silent = ask(), ask(answered=False)
    ask()
    say("Ý của sở.", commenter_kind="agency", agency=replied, commenter_key="s" * 64)
    again = [say(f"Ý {n}.", commenter_key="a" * 64) for n in range(3)]
    say("Ý khác.", visibility="pending")
    answer(again[:2])
    totals = queries.totals(window)
    assert totals.opinions == 5
    assert totals.commenters == {"agency": 1, "person": 2}
    assert (totals.agencies_consulted, totals.agencies_answered, totals.agencies_without_opinion) == (3, 2, 1)
    assert (totals.dispositions, totals.unanswered, totals.unscreened) == ({"accepted": 2}, 3, 1)
    told = " ".join(figures.sentences(totals))
    assert "Số chủ thể góp ý: 3 (cá nhân 2; cơ quan nhà nước 1)." in told
    assert "tiếp thu 2; tiếp thu một phần 0" in told
    assert dict(figures.listed(totals))["Ý kiến: Chưa giải trình"] == 3


def test_where_agencies_stand_is_counted_apart_from_what_they_said(window, say, ask):
    agrees, remarks, none, silent_of_it = (ask() for _ in range(4))
    say("Ý của sở.", commenter_kind="agency", agency=remarks)
    for agency, position in ((agrees, "agrees"), (remarks, "agrees_with_remarks"), (none, "no_opinion")):
        OpinionRequest.objects.filter(agency=agency).update(position=position)
    totals = queries.totals(window)
    assert totals.positions == {"agrees": 1, "agrees_with_remarks": 1, "no_opinion": 1}
    assert totals.agencies_without_opinion == 2, silent_of_it
    assert totals.opinions == 1
    told = " ".join(figures.sentences(totals))
    assert "thống nhất 1; thống nhất, có góp ý thêm 1; không thống nhất 0; không có ý kiến góp ý: 2" in told
    assert dict(figures.listed(totals))["Cơ quan, tổ chức trả lời: Thống nhất"] == 1


def test_the_paper_is_in_vietnamese_whatever_the_screen_speaks(window, say, answer):
    from django.utils.translation import override

    answer([say("Lời.")], disposition="noted")
    with override("en"):
        assert blocks(window)[0].answer.startswith("Ghi nhận.")
        assert "lấy ý kiến" in exports.paper_of(window, queries.totals(window)).course
