"""Loads the made-up province by the same actions an officer and a citizen use, at any stage of its life.

The present is moved back while it loads (``common.clock.at``), so that every row and every audit entry has
the day it would have had.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from danban.accounts import actions as accounts
from danban.accounts.models import Agency, User
from danban.accounts.states import Role
from danban.answers import actions as answers
from danban.audit.actions import close_chain
from danban.common import clock
from danban.consultation import actions as consultation
from danban.consultation.models import Comment, Window
from danban.consultation.states import Channel, CommenterKind
from danban.demo.answers import points
from danban.demo.comments import MEALS_COMMENTS, CommentSeed, comments
from danban.demo.council import load_council
from danban.demo.docx import build_docx
from danban.demo.dossiers import (
    DOSSIERS,
    HOUSE_NUMBERS,
    PAVEMENTS,
    SCHOOL_MEALS,
    WASTE,
    DossierSeed,
    draft_text,
)
from danban.demo.evidence import load_evidence
from danban.demo.plan_documents import load_plans
from danban.demo.plan_work import load_work
from danban.demo.province import AGENCIES, PEOPLE, REFORM, SUCCESSIONS
from danban.demo.reports import keep_year, load_reports
from danban.demo.screening import load_screening
from danban.demo.training import load_training
from danban.policies import actions as policies
from danban.policies.models import Dossier, Policy, Provision, Version
from danban.policies.states import WindowKind

PASSWORD = "songmay-2026"  # noqa: S105 - printed at every start of the demo
STAGES = ("drafting", "open", "closed", "answered")
WINDOW_DAYS = 30
# How many days ago the window of the main draft opened, stage by stage.
OPENED = {"drafting": 0, "open": 18, "closed": 34, "answered": 62}

CONSULTED = ("so-tu-phap", "so-tai-chinh", "mttq-tinh", "hoi-nong-dan", "hoi-lhpn", "ldld")

People = dict[tuple[str, str], User]


def load(stage: str = "answered") -> None:
    """Fill an empty database with the province at a stage of the life of its main draft."""
    if stage not in STAGES:
        raise ValueError(f"không có giai đoạn {stage!r}; có: {', '.join(STAGES)}")
    with _days_ago(400):
        bodies = _agencies()
        people = _people(bodies)
    _main_draft(stage, bodies, people)
    _others(bodies, people)
    tasks = load_plans(bodies, people)
    load_screening({dossier.title: dossier for dossier in Dossier.objects.all()}, bodies, people)
    load_council(bodies, people, list(Policy.objects.order_by("dossier", "number")))
    load_training(bodies, people)
    load_work(tasks, bodies, people)
    load_evidence(people)
    load_reports(bodies, people)
    consultation.screen_comments()
    consultation.fold_tallies()
    close_chain()
    keep_year()


@contextmanager
def _days_ago(days: int, hour: int = 9, minute: int = 0) -> Iterator[None]:
    today = timezone.localtime(timezone.now())
    with clock.at(today.replace(hour=hour, minute=minute, second=0, microsecond=0) - dt.timedelta(days=days)):
        yield


def _agencies() -> dict[str, Agency]:
    bodies: dict[str, Agency] = {}
    for seed in sorted(AGENCIES, key=lambda one: bool(one.parent)):
        bodies[seed.code] = accounts.add_agency(
            code=seed.code,
            name=seed.name,
            short_name=seed.short_name,
            kind=seed.kind,
            level=seed.level,
            valid_from=seed.valid_from,
            valid_to=seed.valid_to,
            parent=bodies.get(seed.parent),
        )
    for succession in SUCCESSIONS:
        accounts.record_succession(
            predecessor=bodies[succession.predecessor],
            successor=bodies[succession.successor],
            on=succession.on,
            legal_basis=succession.legal_basis,
        )
    return bodies


def _people(bodies: dict[str, Agency]) -> People:
    """People by agency code and role."""
    people: People = {}
    for seed in PEOPLE:
        user = accounts.add_user(
            email=seed.email, full_name=seed.full_name, title=seed.title, password=PASSWORD
        )
        for code, role in seed.roles:
            accounts.grant_role(user=user, agency=bodies[code], role=role, valid_from=REFORM)
            people.setdefault((code, role), user)
    return people


def _open(seed: DossierSeed, bodies: dict[str, Agency], by: User) -> Dossier:
    return policies.open_dossier(
        title=seed.title,
        document_type=seed.document_type,
        issuing_body=bodies[seed.issuing_body],
        agency=bodies[seed.agency],
        role=seed.role,
        field=seed.field,
        started_on=clock.today(),
        about=seed.about,
        affected=seed.affected,
        changes=seed.changes,
        question=seed.question,
        by=by,
    )


def _upload(dossier: Dossier, seed: DossierSeed, place: int, by: User) -> Version:
    name = seed.versions[place]
    version = policies.upload_version(
        dossier=dossier, data=build_docx(draft_text(name)), file_name=_word(name), note="", by=by
    )
    if seed.base and place == 0:
        base, title = seed.base
        data = build_docx(draft_text(base))
        policies.upload_base(version=version, data=data, file_name=_word(base), name=title, by=by)
    return version


def _word(name: str) -> str:
    return name.replace(".txt", ".docx")


def _publish(version: Version, drafter: User, approver: User) -> Version:
    policies.submit_version(version=version, by=drafter)
    policies.release_version(version=version, by=approver)
    version.refresh_from_db()
    return version


def _window(version: Version, by: User, days: int = WINDOW_DAYS) -> Window:
    today = clock.today()
    return consultation.open_window(
        version=version,
        kind=WindowKind.OPINION,
        opens_on=today,
        closes_on=today + dt.timedelta(days=days),
        by=by,
    )


def _main_draft(stage: str, bodies: dict[str, Agency], people: People) -> None:
    """The waste draft through its life, up to the stage asked for."""
    drafter, approver = people[WASTE.agency, Role.DRAFTER], people[WASTE.agency, Role.APPROVER]
    opened = OPENED[stage]
    with _days_ago(opened + 9):
        dossier = _open(WASTE, bodies, drafter)
        version = _upload(dossier, WASTE, 0, drafter)
        if stage == "drafting":
            policies.submit_version(version=version, by=drafter)
            return
    with _days_ago(opened, hour=8):
        version = _publish(version, drafter, approver)
        window = _window(version, drafter)
        consultation.request_opinions(
            window=window,
            agencies=[bodies[code] for code in CONSULTED],
            letter_number="215/SNNMT-BVMT",
            asked_on=clock.today(),
            due_on=clock.today() + dt.timedelta(days=15),
            by=drafter,
        )
    made = _comments(window, comments(), bodies, drafter, opened)
    if stage == "answered":
        _answers(window, made, drafter, approver)
        with _days_ago(12):
            second = _upload(dossier, WASTE, 1, drafter)
        with _days_ago(11):
            _publish(second, drafter, approver)


def _comments(
    window: Window, seeds: tuple[CommentSeed, ...], bodies: dict[str, Agency], by: User, opened: int
) -> dict[str, list[Comment]]:
    """The comments that had come by now, by the key of the point each makes."""
    provisions = {one.address: one for one in window.version.provisions.all() if one.address}
    names = {body.name: body for body in bodies.values()}
    made: dict[str, list[Comment]] = defaultdict(list)
    for place, seed in enumerate(seeds):
        if seed.day > opened:
            continue
        with _days_ago(opened - seed.day, hour=9 + place % 12, minute=place * 7 % 60):
            comment = _comment(window, seed, provisions.get(seed.address), names.get(seed.name), by)
        made[seed.group].append(comment)
    return made


def _comment(
    window: Window, seed: CommentSeed, provision: Provision | None, agency: Agency | None, by: User
) -> Comment:
    if seed.channel is Channel.WEB:
        return consultation.submit_comment(
            window=window,
            provision=provision,
            text=seed.text,
            commenter_kind=seed.kind,
            public_name=seed.name,
            contact=None,
            wants_email=False,
            idempotency_key=uuid.uuid4(),
        ).comment
    return consultation.enter_comment(
        window=window,
        provision=provision,
        text=seed.text,
        commenter_kind=seed.kind,
        public_name=seed.name,
        agency=agency if seed.kind is CommenterKind.AGENCY else None,
        contact=None,
        channel=seed.channel,
        collected_how=seed.collected_how,
        received_on=clock.today(),
        by=by,
    ).comment


def _answers(window: Window, made: dict[str, list[Comment]], drafter: User, approver: User) -> None:
    """Points with their answers; the last two still wait for the second person."""
    provisions = {one.address: one for one in window.version.provisions.all() if one.address}
    seeds = [seed for seed in points() if made.get(seed.group)]
    for place, seed in enumerate(seeds):
        with _days_ago(25 - place // 3, hour=8 + place % 8):
            point = answers.make_point(
                window=window,
                title=seed.title,
                provision=provisions.get(seed.address),
                comments=made[seed.group],
                by=drafter,
            )
            answer = answers.save_answer(
                point=point, disposition=seed.disposition, reason=seed.reason, by=drafter
            )
            answers.submit_answer(answer=answer, by=drafter)
        if place < len(seeds) - 2:
            with _days_ago(15 - place // 6, hour=10 + place % 6):
                answers.release_answer(answer=answer, by=approver)


def _others(bodies: dict[str, Agency], people: People) -> None:
    """Other dossiers, so that lists look as they do: open, about to close, one read again, one being written.

    The next version of the house numbers has two slips in its numbering, as files from offices do.
    """
    for seed, opened, days in ((SCHOOL_MEALS, 6, 35), (PAVEMENTS, 28, 31), (HOUSE_NUMBERS, 3, 30)):
        drafter, approver = people[seed.agency, Role.DRAFTER], people[seed.agency, Role.APPROVER]
        with _days_ago(opened + 5):
            dossier = _open(seed, bodies, drafter)
            version = _upload(dossier, seed, 0, drafter)
        with _days_ago(opened):
            window = _window(_publish(version, drafter, approver), drafter, days)
        if seed is HOUSE_NUMBERS:
            with _days_ago(1):
                _upload(dossier, seed, 1, drafter)
        if seed is SCHOOL_MEALS:
            _comments(window, comments(MEALS_COMMENTS), bodies, drafter, opened)
    _still_drafting(bodies, people)


def _still_drafting(bodies: dict[str, Agency], people: People) -> None:
    support = next(seed for seed in DOSSIERS if seed not in (WASTE, SCHOOL_MEALS, PAVEMENTS))
    drafter = people[support.agency, Role.DRAFTER]
    with _days_ago(2):
        policies.submit_version(
            version=_upload(_open(support, bodies, drafter), support, 0, drafter), by=drafter
        )
