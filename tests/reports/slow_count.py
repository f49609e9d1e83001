"""Every figure counted once more, row by row in Python, in the most simple-minded way."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.utils import timezone

from danban.answers.models import Answer
from danban.consultation.models import Comment, Window
from danban.plan.models import Evidence, Task
from danban.policies.models import Policy
from danban.reports.kpi import Figure
from danban.training.models import Attendance

TERM = 30


def day(moment):
    return timezone.localdate(moment)


def in_period(scope, moment):
    return moment < scope.at and scope.starts_on <= day(moment) <= scope.ends_on


def holds(evidence, at):
    return (
        evidence.proved_at is not None
        and evidence.proved_at <= at
        and (evidence.ended_at is None or evidence.ended_at > at)
    )


def coverage(scope, agency):
    part = total = 0
    ways = []
    for policy in Policy.objects.all():
        decisions = [one for one in policy.screenings.all() if one.step == "decision" and one.at <= scope.at]
        if not decisions or policy.dossier.role != "drafts" or agency not in (None, policy.dossier.agency_id):
            continue
        last = max(decisions, key=lambda one: (one.decided_on, one.at, one.pk))
        if not last.in_scope or not scope.starts_on <= last.decided_on <= scope.ends_on:
            continue
        shown = {one.purpose for one in policy.evidence.all() if holds(one, scope.at)}
        total += 1
        part += shown >= {"communication", "coordination"}
        room = (scope.ends_on - last.decided_on).days + 1
        ways.append(min(1, max(0, (day(scope.at) - last.decided_on).days / room)))
    return (part, total, {}, sum(ways) / total) if total else None


def _led(task, agency):
    leads = {one.agency_id for one in task.assignments.all() if one.part == "leads"}
    return agency is None or agency in leads


def tasks_on_time(scope, agency):
    part = total = 0
    for task in Task.objects.all():
        if task.due_on is None or task.state in ("proposed", "cancelled") or task.plan.state == "draft":
            continue
        if not scope.starts_on <= task.due_on <= scope.ends_on or task.due_on >= day(scope.at):
            continue
        if not _led(task, agency):
            continue
        total += 1
        part += any(
            holds(one, scope.at) and (one.shown_on or day(one.proved_at)) <= task.due_on
            for one in task.evidence.all()
        )
    return (part, total, {}, 1) if total else None


def evidence_withdrawn(scope, agency):
    part = total = 0
    for one in Evidence.objects.filter(task__isnull=False):
        if one.proved_at is None or not in_period(scope, one.proved_at) or not _led(one.task, agency):
            continue
        total += 1
        part += one.ended_at is not None and one.ended_at <= scope.at
    return (part, total, {}, 1) if total else None


def _of(window, agency):
    return agency is None or window.dossier.agency_id == agency


def _cancelled(window, scope):
    return window.cancelled_at is not None and window.cancelled_at <= scope.at


def answered_on_time(scope, agency):
    part = total = 0
    for window in Window.objects.all():
        due = window.closes_on + dt.timedelta(days=TERM)
        if _cancelled(window, scope) or not _of(window, agency):
            continue
        if not scope.starts_on <= due <= scope.ends_on or due >= day(scope.at):
            continue
        for comment in window.comments.all():
            if comment.created_at > scope.at:
                continue
            answered = getattr(getattr(comment, "membership", None), "answered_at", None)
            total += 1
            part += answered is not None and answered <= scope.at and day(answered) <= due
    return (part, total, {}, 1) if total else None


def answers_reworked(scope, agency):
    part = total = 0
    for answer in Answer.objects.all():
        if not in_period(scope, answer.released_at) or not _of(answer.point.window, agency):
            continue
        total += 1
        part += bool(answer.returned_reason) or any(
            other.released_at < answer.released_at for other in answer.point.answers.all()
        )
    return (part, total, {}, 1) if total else None


def outcomes(scope, agency):
    split = Counter()
    for answer in Answer.objects.all():
        if not in_period(scope, answer.released_at) or not _of(answer.point.window, agency):
            continue
        if any(answer.released_at < other.released_at < scope.until for other in answer.point.answers.all()):
            continue
        split[answer.disposition] += answer.comments_count
    if not split:
        return None
    return (split["accepted"] + split["partly_accepted"], sum(split.values()), dict(split), 1)


def unanswered_age(scope, agency):
    ages = Counter()
    for comment in Comment.objects.all():
        window = comment.window
        answered = getattr(getattr(comment, "membership", None), "answered_at", None)
        if comment.created_at > scope.at or _cancelled(window, scope) or not _of(window, agency):
            continue
        if answered is None or answered > scope.at:
            ages[(day(scope.at) - day(comment.created_at)).days] += 1
    return (max(ages), sum(ages.values()), {str(age): n for age, n in ages.items()}, 1) if ages else None


def _came(scope, agency):
    return [
        one for one in Comment.objects.all() if in_period(scope, one.created_at) and _of(one.window, agency)
    ]


def opinions(scope, agency):
    came = _came(scope, agency)
    return (0, len(came), dict(Counter(one.channel for one in came)), 1) if came else None


def commenters(scope, agency):
    came = _came(scope, agency)
    by_channel = {
        channel: len({one.commenter_key for one in came if one.channel == channel})
        for channel in {one.channel for one in came}
    }
    everyone = len({one.commenter_key for one in came})
    return (0, everyone, by_channel if agency is None else {}, 1) if came else None


def _present(scope, agency):
    """(registration, its session) of everyone who was at a session of the period."""
    return [
        (one.registration, one.registration.session)
        for one in Attendance.objects.all()
        if one.received_at <= scope.at
        and one.registration.session.state == "took_place"
        and in_period(scope, one.registration.session.starts_at)
        and agency in (None, one.registration.person.agency_id)
    ]


def trained(scope, agency):
    present = _present(scope, agency)
    by_audience = {
        audience: len({one.person_id for one, session in present if audience in session.course.audiences})
        for audience in {audience for _one, session in present for audience in session.course.audiences}
    }
    return (0, len({one.person_id for one, _session in present}), by_audience, 1) if present else None


def training_hours(scope, agency):
    present = _present(scope, agency)
    return (0, round(sum(session.hours for _one, session in present)), {}, 1) if present else None


def slow(code, scope, agency):
    """The figure, or None where there is nothing to count."""
    found = globals()[code](scope, agency)
    return None if found is None else Figure(*found)
