"""Which policies count: three voices, nine answers each, nothing computed and nothing lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from danban.accounts.states import AgencyKind, Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.common.errors import Refused
from danban.policies import actions, screening, screening_queries
from danban.policies.models import Dossier, Policy, Screening, ScreeningAnswer
from danban.policies.rules import SecretRefused
from danban.policies.screening import Said
from danban.policies.screening_queries import Queue
from danban.policies.states import AMBIGUOUS, CRITERIA, DossierRole, Question, Reply, ScreeningStep, Stage
from tests.factories import AgencyFactory, DossierFactory, PolicyFactory, UserFactory
from tests.policies.test_views import queries_of

pytestmark = pytest.mark.django_db

REASONED = dict.fromkeys(AMBIGUOUS, "Theo cách hiểu của Sở.")


def said(**changed):
    answers = {question.value: Said(Reply.YES, REASONED.get(question, "")) for question in Question}
    return answers | changed


@pytest.fixture
def policy(dossier):
    return PolicyFactory(dossier=dossier)


@pytest.fixture
def reviewer():
    return UserFactory(role=Role.JUSTICE, agency=AgencyFactory(name="Sở Tư pháp"))


@pytest.fixture
def council():
    return AgencyFactory(kind=AgencyKind.COORDINATION_COUNCIL, name="Hội đồng phối hợp")


@pytest.fixture
def propose(policy, drafter):
    def one(in_scope=True, reason="Nhiều người quan tâm.", answers=None):
        return actions.record_proposal(
            policy=policy, agency=policy.dossier.agency, answers=answers or said(), in_scope=in_scope,
            reason=reason, by=drafter,
        )  # fmt: skip

    return one


def decide(policy, council, by, *, in_scope=True, on=None, number="05/DS-HĐPH", reason="Đủ bốn tiêu chí."):
    return actions.record_decision(
        policy=policy, agency=council, in_scope=in_scope, reason=reason, list_number=number,
        decided_on=on or clock.today(), by=by,
    )  # fmt: skip


def acts():
    return [entry.action for entry in AuditEntry.objects.order_by("id")]


def test_a_draft_holds_several_policies(dossier, drafter):
    texts = {"problem": "Rác để chung.", "objective": "Ba loại.", "solutions": "Quy định."}
    first = actions.add_policy(dossier=dossier, title="  Phân loại   rác ", by=drafter, **texts)
    second = actions.add_policy(dossier=dossier, title="Giá thu gom", by=drafter, **texts)
    assert [(p.number, p.title) for p in (first, second)] == [(1, "Phân loại rác"), (2, "Giá thu gom")]
    with pytest.raises(Refused, match="trống"):
        actions.add_policy(dossier=dossier, title=" . ", by=drafter, **texts)
    actions.edit_policy(policy=second, title="Giá thu gom rác", by=drafter, **texts)
    actions.edit_policy(policy=second, title="Giá thu gom rác", by=drafter, **texts)
    assert acts() == ["policy.added", "policy.added", "policy.edited"]


def test_words_that_were_screened_stay(policy, drafter, propose):
    propose()
    with pytest.raises(Refused, match="giữ nguyên"):
        actions.edit_policy(policy=policy, title="Khác", problem="", objective="", solutions="", by=drafter)
    assert Policy.objects.get().title == policy.title


def test_a_proposal_keeps_every_answer_with_its_reason(propose, drafter):
    entry = propose(answers=said(difficult=Said(Reply.UNCLEAR, "Chưa ai nêu.")))
    kept = {answer.question: (answer.reply, answer.reason) for answer in entry.answers.all()}
    assert set(kept) == set(Question.values)
    assert kept["difficult"] == ("unclear", "Chưa ai nêu.")
    entries = AuditEntry.objects.get()
    assert (entries.action, entries.actor) == ("screening.recorded", f"user:{drafter.pk}")
    assert entries.details["step"] == "proposal"


@pytest.mark.parametrize("question", [Question.DIFFICULT, Question.WIDE_EFFECT])
@pytest.mark.parametrize("reply", [Reply.NO, Reply.UNCLEAR])
def test_no_and_unclear_say_why(propose, question, reply):
    with pytest.raises(Refused, match="lý do"):
        propose(answers=said(**{question: Said(reply, "  ")}))
    assert not Screening.objects.exists()


@pytest.mark.parametrize("question", sorted(AMBIGUOUS))
def test_where_the_law_is_open_even_yes_says_why(propose, question):
    with pytest.raises(Refused, match="lý do"):
        propose(answers=said(**{question: Said(Reply.YES)}))


def test_no_question_is_left_out_and_a_conclusion_has_its_reason(propose):
    answers = said()
    del answers["sensitive"]
    with pytest.raises(Refused, match="Nhạy cảm"):
        propose(answers=answers)
    with pytest.raises(Refused, match="kết luận"):
        propose(reason=" ")


@pytest.mark.parametrize("reply", [Reply.NO, Reply.UNCLEAR])
def test_what_may_be_secret_never_enters(propose, reply):
    with pytest.raises(SecretRefused, match="bảo vệ bí mật nhà nước"):
        propose(answers=said(no_state_secret=Said(reply, "Có số liệu quốc phòng.")))
    assert not Screening.objects.exists()
    assert acts() == ["screening.refused-secret"]
    assert "quốc phòng" not in str(AuditEntry.objects.get().details)


def test_three_voices_in_turn(policy, propose, reviewer, council):
    own = reviewer.memberships.get().agency
    review = {"policy": policy, "agency": own, "answers": said(), "reason": "Đồng ý.", "by": reviewer}
    with pytest.raises(Refused, match="chưa đề xuất"):
        actions.record_review(in_scope=True, **review)
    propose()
    actions.record_review(in_scope=False, **review)
    decide(policy, council, reviewer)
    steps = [(one.step, one.in_scope) for one in policy.screenings.order_by("id")]
    assert steps == [("proposal", True), ("review", False), ("decision", True)]


def test_a_decision_names_its_list_and_is_not_announced_ahead(policy, council, reviewer):
    with pytest.raises(Refused, match="số của danh sách"):
        decide(policy, council, reviewer, number=" ")
    with pytest.raises(Refused, match="tương lai"):
        decide(policy, council, reviewer, on=clock.today() + dt.timedelta(days=1))
    with pytest.raises(Refused, match="lý do"):
        decide(policy, council, reviewer, reason="")


def test_a_change_of_mind_is_a_new_entry(policy, council, reviewer):
    before = clock.now()
    decide(policy, council, reviewer)
    between = clock.now()
    decide(policy, council, reviewer, in_scope=False, number="07/DS-HĐPH", reason="Phạm vi hẹp.")
    at = screening_queries.scope_at
    assert [at(moment).get().in_scope for moment in (before, between, clock.now())] == [None, True, False]
    assert policy.screenings.count() == 2


def test_an_old_list_entered_late_does_not_undo_a_newer_one(policy, council, reviewer):
    decide(policy, council, reviewer, in_scope=False)
    decide(policy, council, reviewer, on=clock.today() - dt.timedelta(days=90), number="01/DS")
    assert screening_queries.scope_at(clock.now()).get().in_scope is False


def test_central_bills_are_never_in_the_denominator(policy, council, reviewer):
    bill = PolicyFactory(dossier=DossierFactory(role=DossierRole.COORDINATES))
    for one in (policy, bill):
        decide(one, council, reviewer)
    assert list(screening_queries.covered_at(clock.now())) == [policy]
    assert screening_queries.scope_at(clock.now()).filter(in_scope=True).count() == 2


NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(ScreeningStep),
        st.booleans(),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(entries=ENTRIES, at=st.integers(-1, 5))
def test_scope_is_what_a_slow_reading_row_by_row_gives(entries, at):
    with transaction.atomic():
        agency = AgencyFactory()
        policies = PolicyFactory.create_batch(3, dossier=DossierFactory(agency=agency))
        by = policies[0].created_by
        for place, step, in_scope, day, hour in entries:
            Screening.objects.create(
                policy=policies[place], step=step, agency=agency, in_scope=in_scope, reason="Lý do.",
                list_number="1", decided_on=NOW.date() + dt.timedelta(days=day),
                at=NOW + dt.timedelta(hours=hour), by=by,
            )  # fmt: skip
        moment = NOW + dt.timedelta(hours=at)
        found = {p.pk: (p.decision, p.in_scope) for p in screening_queries.scope_at(moment)}
        assert found == {p.pk: slowly(p, moment) for p in policies}
        transaction.set_rollback(True)


def slowly(policy, moment):
    held = None
    for entry in Screening.objects.filter(policy=policy):
        if entry.step != "decision" or entry.at > moment:
            continue
        key = (entry.decided_on, entry.at, entry.pk)
        if held is None or key > (held.decided_on, held.at, held.pk):
            held = entry
    return (held.pk, held.in_scope) if held else (None, None)


@given(st.fixed_dictionaries({question.value: st.sampled_from(Reply.values) for question in Question}))
def test_only_a_plain_contradiction_is_called_one(replies):
    four = [replies[question] for question in CRITERIA]
    for_it, against = (screening.contradicts(replies, in_scope=yes) for yes in (True, False))
    assert for_it == ("no" in four)
    assert against == (set(four) == {"yes"})


def refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return True


@pytest.mark.parametrize("table", ["policies_screening", "policies_screeninganswer"])
def test_not_even_sql_changes_what_was_said(propose, table):
    propose()
    assert refused(f"UPDATE {table} SET reason = 'khác'")
    assert refused(f"DELETE FROM {table}")
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert not ScreeningAnswer.objects.filter(reason="khác").exists()


# Screens


def form_of(**changed):
    data = {"in_scope": "co", "reason": "Nhiều người quan tâm."}
    for question, answer in said().items():
        data |= {question: answer.reply, f"{question}_reason": answer.reason}
    return data | changed


def test_a_drafter_proposes_in_the_browser(sign_in, drafter, policy):
    client = sign_in(drafter)
    address = reverse("policies:propose", args=[policy.pk])
    shown = client.get(address).content.decode()
    assert "Luật 64/2025/QH15 không còn thủ tục ấy" in shown
    lacking = client.post(address, form_of(difficult="no", reason="Lời đã gõ"))
    assert lacking.status_code == 422
    assert "Lời đã gõ" in lacking.content.decode()
    assert client.post(address, form_of()).status_code == 302
    page = client.get(reverse("policies:policy", args=[policy.pk])).content.decode()
    assert drafter.full_name in page
    assert "Theo cách hiểu của Sở." in page


def test_a_conclusion_against_the_answers_is_pointed_out_and_kept(sign_in, drafter, policy):
    client = sign_in(drafter)
    address = reverse("policies:propose", args=[policy.pk])
    against = form_of(wide_effect="no", wide_effect_reason="Chỉ ở phường.")
    answer = client.post(address, against)
    assert answer.status_code == 422
    assert "đòi đủ cả bốn tiêu chí" in answer.content.decode()
    assert client.post(address, against | {"aware": "on"}).status_code == 302
    page = client.get(reverse("policies:policy", args=[policy.pk])).content.decode()
    assert "Kết luận này khác với các câu trả lời" in page


def test_a_secret_gives_nothing_back(sign_in, drafter, policy):
    answer = sign_in(drafter).post(
        reverse("policies:propose", args=[policy.pk]),
        {"no_state_secret": "no", "reason": "Vị trí kho đạn"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "người phụ trách bảo vệ bí mật nhà nước" in page
    assert "kho đạn" not in page


def test_the_review_stands_beside_the_proposal(sign_in, reviewer, policy, propose):
    propose()
    client = sign_in(reviewer)
    address = reverse("policies:review_policy", args=[policy.pk])
    assert "Đề xuất: thuộc diện." in client.get(address).content.decode()
    assert client.post(address, form_of(reason="Đồng ý.")).status_code == 302
    entry = Screening.objects.get(step="review")
    assert entry.agency == reviewer.memberships.get().agency


def test_nobody_speaks_for_another(sign_in, policy, propose):
    stranger = sign_in(UserFactory(role=Role.DRAFTER))
    for name in ("policy", "propose", "edit_policy"):
        assert stranger.get(reverse(f"policies:{name}", args=[policy.pk])).status_code == 404
    assert stranger.get(reverse("policies:review_policy", args=[policy.pk])).status_code == 403


def test_a_policy_is_written_and_mended_by_form(sign_in, drafter, dossier):
    client = sign_in(drafter)
    texts = {"title": "Phân loại rác", "problem": "Rác để chung."}
    assert client.post(reverse("policies:add_policy", args=[dossier.pk]), {"title": ""}).status_code == 422
    client.post(reverse("policies:add_policy", args=[dossier.pk]), texts)
    made = Policy.objects.get()
    client.post(reverse("policies:edit_policy", args=[made.pk]), texts | {"title": "Phân loại rác tại nhà"})
    assert Policy.objects.get().title == "Phân loại rác tại nhà"


def test_two_officers_edit_one_policy_and_neither_undoes_the_other(sign_in, drafter, policy):
    client, address = sign_in(drafter), reverse("policies:edit_policy", args=[policy.pk])
    page = client.get(address).content.decode()
    names = ("title", "problem", "objective", "solutions")
    assert all(f'name="initial-{name}"' in page for name in names)
    left = {name: getattr(policy, name) for name in names}
    shown = left | {f"initial-{name}": value for name, value in left.items()}
    client.post(address, shown | {"problem": "Lời của người thứ nhất."})
    client.post(address, shown | {"objective": "Lời của người thứ hai."})
    now = Policy.objects.get()
    assert (now.problem, now.objective, now.title) == (
        "Lời của người thứ nhất.", "Lời của người thứ hai.", policy.title,
    )  # fmt: skip
    assert [entry.details["fields"] for entry in AuditEntry.objects.filter(action="policy.edited")] == [
        ["problem"], ["objective"],
    ]  # fmt: skip
    with pytest.raises(TypeError, match="number"):
        actions.edit_policy(policy=policy, by=drafter, number=5)


def test_each_policy_waits_where_its_last_entry_leaves_it(policy, propose, reviewer, council):
    rows = screening_queries.policies_queued(None, central=False)
    assert screening_queries.queue_sizes(rows)[Queue.PROPOSE] == 1
    propose()
    assert [p.pk for p in screening_queries.in_queue(rows, Queue.REVIEW)] == [policy.pk]
    decide(policy, council, reviewer)
    assert screening_queries.queue_sizes(rows)[Queue.IN_SCOPE] == 1
    assert not screening_queries.policies_queued(None, central=True).exists()


def test_a_stopped_draft_waits_for_nobody(policy):
    Dossier.objects.update(stage=Stage.STOPPED)
    rows = screening_queries.policies_queued(None, central=False)
    assert not any(screening_queries.queue_sizes(rows).values())


def test_the_list_costs_the_same_for_one_and_three(sign_in, reviewer, policy, propose):
    propose()
    client = sign_in(reviewer)
    address = reverse("policies:policies") + "?viec=ra-soat"
    one = queries_of(client, address)
    for _ in range(2):
        other = PolicyFactory()
        actions.record_proposal(
            policy=other, agency=other.dossier.agency, answers=said(), in_scope=True, reason="Có.",
            by=other.created_by,
        )  # fmt: skip
    assert queries_of(client, address) == one
    page = client.get(address).content.decode()
    assert page.count("data-row") == 3


def test_the_dossier_lists_its_policies_at_the_same_cost(sign_in, drafter, dossier, policy, propose):
    propose(in_scope=False, reason="Phạm vi hẹp.", answers=said(wide_effect=Said(Reply.NO, "Một phường.")))
    client = sign_in(drafter)
    address = reverse("policies:dossier", args=[dossier.pk])
    one = queries_of(client, address)
    for _ in range(2):
        PolicyFactory(dossier=dossier)
    assert queries_of(client, address) == one <= 10
    page = client.get(address).content.decode()
    assert page.count("Chưa sàng lọc") == 2
    assert "Không thuộc diện" in page


def test_central_bills_have_a_page_of_their_own(sign_in, reviewer, policy):
    bill = PolicyFactory(dossier=DossierFactory(role=DossierRole.COORDINATES), title="Luật sửa đổi")
    client = sign_in(reviewer)
    address = reverse("policies:policies")
    ours, central = (client.get(address + end).content.decode() for end in ("", "?nhom=trung-uong"))
    assert policy.title in ours
    assert bill.title not in ours
    assert bill.title in central
    assert policy.title not in central
