"""Policies of a draft, and what the three voices say of each: proposal, review, decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NoReturn

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.text import clean
from danban.policies import screening, screening_queries
from danban.policies.models import Dossier, Policy, Screening, ScreeningAnswer
from danban.policies.rules import SecretRefused
from danban.policies.screening import Said, ScreeningRefused
from danban.policies.states import Act, Question, ScreeningStep

POLICY_WORDS = ("title", "problem", "objective", "solutions")


@transaction.atomic
def add_policy(
    *, dossier: Dossier, title: str, problem: str, objective: str, solutions: str, by: User
) -> Policy:
    """One more policy in a draft; Refused without a title."""
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    policy = Policy.objects.create(
        dossier=dossier, number=screening_queries.next_number(dossier), title=_titled(title),
        problem=clean(problem), objective=clean(objective), solutions=clean(solutions),
        created_by=by, created_at=clock.now(),
    )  # fmt: skip
    record(Act.POLICY_ADDED, actor=actor_name(by), rows=[policy, dossier], number=policy.number)
    return policy


@transaction.atomic
def edit_policy(*, policy: Policy, by: User, **words: str) -> Policy:
    """Change some words of a policy of which nobody has said anything yet; the others stay as they are."""
    unknown = set(words) - set(POLICY_WORDS)
    if unknown:
        raise TypeError(f"a policy has no {', '.join(sorted(unknown))} to edit")
    policy = _locked(policy)
    if policy.screenings.exists():
        raise ScreeningRefused(
            _("Chính sách này đã có người sàng lọc nên lời của nó giữ nguyên. Hãy ghi một chính sách mới.")
        )
    values = {name: _titled(said) if name == "title" else clean(said) for name, said in words.items()}
    changed = sorted(name for name, value in values.items() if getattr(policy, name) != value)
    if changed:
        for name in changed:
            setattr(policy, name, values[name])
        policy.save(update_fields=changed)
        record(Act.POLICY_EDITED, actor=actor_name(by), rows=[policy], fields=changed)
    return policy


def record_proposal(
    *, policy: Policy, agency: Agency, answers: Mapping[str, Said], in_scope: bool, reason: str, by: User
) -> Screening:
    """The drafting agency's word, with every question answered."""
    return _answered(ScreeningStep.PROPOSAL, policy, agency, answers, in_scope, reason, by)


def record_review(
    *, policy: Policy, agency: Agency, answers: Mapping[str, Said], in_scope: bool, reason: str, by: User
) -> Screening:
    """The word of Sở Tư pháp, with its own answers: it may see a policy otherwise than its drafter."""
    if not policy.screenings.filter(step=ScreeningStep.PROPOSAL).exists():
        raise ScreeningRefused(_("Cơ quan soạn thảo chưa đề xuất nên chưa rà soát được."))
    return _answered(ScreeningStep.REVIEW, policy, agency, answers, in_scope, reason, by)


@transaction.atomic
def record_decision(
    *,
    policy: Policy,
    agency: Agency,
    in_scope: bool,
    reason: str,
    list_number: str,
    decided_on: dt.date,
    by: User,
) -> Screening:
    """The Council's word: the policy is on its dated list, or is left out, with the reason.

    A later decision takes its place; nothing is changed. Refused without reason or number, or ahead of time.
    """
    reason, list_number = clean(reason), " ".join(clean(list_number).split())
    if not list_number:
        raise ScreeningRefused(_("Ghi số của danh sách mà Hội đồng quyết định."))
    if decided_on > clock.today():
        raise ScreeningRefused(_("Ngày quyết định không thể ở tương lai."))
    entry = _entry(ScreeningStep.DECISION, policy, agency, in_scope, reason, by, decided_on, list_number)
    _note(entry, policy, by)
    return entry


def _answered(
    step: ScreeningStep,
    policy: Policy,
    agency: Agency,
    answers: Mapping[str, Said],
    in_scope: bool,
    reason: str,
    by: User,
) -> Screening:
    if screening.may_hold_a_secret(answers):
        _refuse_secret(by)
    answers = {question: Said(said.reply, clean(said.reason)) for question, said in answers.items()}
    screening.check_answers(answers)
    with transaction.atomic():
        entry = _entry(step, policy, agency, in_scope, clean(reason), by, clock.today())
        ScreeningAnswer.objects.bulk_create(
            ScreeningAnswer(
                screening=entry,
                question=question,
                reply=answers[question].reply,
                reason=answers[question].reason,
            )
            for question in Question
        )
        _note(entry, policy, by)
    return entry


def _entry(
    step: ScreeningStep,
    policy: Policy,
    agency: Agency,
    in_scope: bool,
    reason: str,
    by: User,
    decided_on: dt.date,
    list_number: str = "",
) -> Screening:
    if not reason:
        raise ScreeningRefused(_("Ghi lý do của kết luận."))
    return Screening.objects.create(
        policy=_locked(policy), step=step, agency=agency, in_scope=in_scope, reason=reason,
        list_number=list_number, decided_on=decided_on, by=by, at=clock.now(),
    )  # fmt: skip


def _note(entry: Screening, policy: Policy, by: User) -> None:
    record(
        Act.SCREENING_RECORDED,
        actor=actor_name(by),
        rows=[entry, policy],
        step=entry.step,
        in_scope=entry.in_scope,
        list_number=entry.list_number,
        decided_on=entry.decided_on,
    )


def _refuse_secret(by: User) -> NoReturn:
    """Only that ``by`` was refused is recorded, nothing of what was typed."""
    with transaction.atomic():
        record(Act.SCREENING_REFUSED_SECRET, actor=actor_name(by))
    contact = settings.SECRECY_CONTACT or _("người phụ trách bảo vệ bí mật nhà nước của cơ quan")
    raise SecretRefused(
        _(
            "Chính sách có hoặc có thể có nội dung bí mật nhà nước thì không đưa vào hệ thống nối mạng này; "
            "những gì vừa ghi không được giữ lại. Hãy báo ngay cho %(contact)s."
        )
        % {"contact": contact},
        [],
    )


def _locked(policy: Policy) -> Policy:
    return Policy.objects.select_for_update().get(pk=policy.pk)


def _titled(title: str) -> str:
    title = " ".join(clean(title).split())
    if not any(character.isalpha() for character in title):
        raise ScreeningRefused(_("Tên chính sách còn trống."))
    return title
