"""A plan comes in as a file: checked, read in the sandbox, kept as a draft with proposals, or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.accounts.queries import agencies_today
from danban.accounts.rules import ROLE_PERMISSIONS
from danban.accounts.states import AgencyKind, Level, Permission
from danban.audit.actions import actor_name, record
from danban.common import clock, uploads
from danban.common.errors import Refused
from danban.common.files import kept_with_its_row
from danban.common.text import fold
from danban.plan.actions.documents import add_sections, keep_plan
from danban.plan.issuing import WrongState
from danban.plan.models import Assignment, Plan, Section, Task
from danban.plan.proposing import LONGEST, Proposal, plan_days, propose
from danban.plan.queries import documents as queries
from danban.plan.reading import read_plan
from danban.plan.states import NO_NUMBER, Act, PlanKind, PlanState, TaskState, Wrapper
from danban.policies.actions.reading import read_apart
from danban.policies.actions.secrets import refuse_secret
from danban.policies.rules import clean_file_name
from danban.policies.secrecy import Level as Secrecy

KINDS = frozenset({uploads.Kind.DOCX, uploads.Kind.TEXT})
MOST_TASKS = 3_000


def read_file(data: bytes, file_name: str) -> dict[str, Any]:
    """A plan's file read (see ``reading.read_plan``); nothing is written. Raises UploadRefused."""
    kind = uploads.check(data, file_name, kinds=KINDS)
    reading = read_apart(read_plan, data, kind=kind)
    if len(reading.get("tasks", ())) > MOST_TASKS:
        raise uploads.UploadRefused(
            _("Tệp có hơn %(n)d nhiệm vụ. Hãy tách thành nhiều kế hoạch.") % {"n": MOST_TASKS}
        )
    return reading


def import_plan(*, data: bytes, file_name: str, by: User) -> Plan:
    """The file as a draft plan whose tasks wait to be confirmed; an annex joins the draft it belongs to.

    Raises UploadRefused (the file cannot be taken), SecretRefused (it bears a mark of a state secret:
    nothing of it is kept), Refused (there is this plan already).
    """
    reading = read_file(data, file_name)
    if reading["verdict"] == Secrecy.BLOCK:
        refuse_secret(by, reading["reasons"])
    plan = _plan_of(reading, file_name, by)
    sha256 = hashlib.sha256(data).hexdigest()
    if draft := queries.draft_of(plan, without_file=sha256):
        return _add_annex(draft, reading, sha256, by)
    plan.file = ContentFile(data, name=f"{uuid4().hex}.{uploads.check(data, file_name, kinds=KINDS)}")
    plan.file_name = clean_file_name(file_name)
    plan.file_sha256 = sha256
    with kept_with_its_row(plan.file):
        keep_plan(plan)
        _record(plan, _keep_tasks(plan, reading), reading, sha256, by)
    return plan


def _add_annex(draft: Plan, reading: Mapping[str, Any], sha256: str, by: User) -> Plan:
    """A further file of a plan that is still a draft: its tasks as proposals behind the others, its words
    kept with the plan's. What the plan says of itself stays."""
    with transaction.atomic():
        kept = Plan.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=draft.pk)
        if kept.state != PlanState.DRAFT:
            raise WrongState(_("Kế hoạch này đã được đưa vào thực hiện."))
        there = {fold(content) for content in kept.tasks.values_list("content", flat=True)}
        kept.text = f"{kept.text}\n\n{reading['text']}".strip()
        kept.unused = [*kept.unused, *reading["unused"]]
        kept.save(update_fields=["text", "unused"])
        tasks = _keep_tasks(kept, reading, there)
        _record(kept, tasks, reading, sha256, by)
    return kept


def _record(plan: Plan, tasks: list[Task], reading: Mapping[str, Any], sha256: str, by: User) -> None:
    record(
        Act.PLAN_IMPORTED,
        actor=actor_name(by),
        rows=[plan],
        sha256=sha256,
        tasks=len(tasks),
        doubtful=sum(bool(task.doubts) for task in tasks),
        unused=len(reading["unused"]),
    )


def _plan_of(reading: Mapping[str, Any], file_name: str, by: User) -> Plan:
    """The plan's row from the facts of the document; what they do not say is filled in, with a doubt."""
    facts = reading["document"]
    doubts = [*facts["doubts"], *reading["notes"], *reading["reasons"]]
    today = clock.today()
    issued_on = dt.date.fromisoformat(facts["issued_on"]) if facts["issued_on"] else today
    starts_on, ends_on = plan_days(facts, today)
    lead = _own_agency(by)
    issuer = _issuer(facts["issuer"], issued_on, doubts) or lead
    number = facts["number"] or NO_NUMBER
    return Plan(
        kind=_kind(number, starts_on, ends_on),
        wrapper=Wrapper.DECISION if "QĐ-" in number else Wrapper.PLAN,
        number=number[:60],
        title=(facts["title"] or file_name)[:500],
        issued_on=issued_on,
        issuer=issuer,
        lead=lead,
        parent=queries.parent_among(facts["legal_bases"], issued_on),
        starts_on=starts_on,
        ends_on=ends_on,
        legal_bases=facts["legal_bases"],
        text=reading["text"],
        doubts=doubts,
        unused=reading["unused"],
        created_by=by,
        created_at=clock.now(),
    )


def _kind(number: str, starts_on: dt.date, ends_on: dt.date) -> PlanKind:
    if number.endswith("-TTg"):
        return PlanKind.SCHEME
    return PlanKind.YEARLY if starts_on.year == ends_on.year else PlanKind.MULTI_YEAR


def _own_agency(by: User) -> Agency:
    """The agency in which a person may edit plans."""
    for held in by.memberships.select_related("agency").order_by("id"):
        if Permission.PLAN_EDIT in ROLE_PERMISSIONS.get(held.role, frozenset()):
            return held.agency
    raise Refused(_("Người này không có quyền sửa kế hoạch."))


def _issuer(name: str, day: dt.date, doubts: list[str]) -> Agency | None:
    """The body that issued the plan: as named, else the province's People's Committee."""
    match = queries.register().match(name, day) if name else None
    if match and match.agency:
        doubts += [match.doubt] if match.doubt else []
        return Agency.objects.get(pk=match.agency)
    committee = agencies_today().filter(kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.PROVINCE).first()
    if committee:
        doubts.append(f"Chưa rõ cơ quan ban hành; tạm ghi {committee.name}.")
    return committee


def _keep_tasks(plan: Plan, reading: Mapping[str, Any], there: Collection[str] = ()) -> list[Task]:
    """Sections, proposed tasks and who carries them, in a fixed number of writes.

    ``there`` are the folded contents of tasks the plan has already: to say one again is a doubt.
    """
    register = queries.register(plan.issuer_id)
    year = plan.starts_on.year if plan.starts_on.year == plan.ends_on.year else None
    made = [propose(one, register, day=plan.issued_on, year=year) for one in reading["tasks"]]
    titled = [one.read for one in made if one.read["section"]]
    sections = add_sections(plan, [(read["section_number"], read["section"]) for read in titled])
    last = plan.tasks.aggregate(last=Max("position"))["last"] or 0
    tasks = [_task(plan, place, one, sections) for place, one in enumerate(made, start=last + 1)]
    for task in tasks:
        if fold(task.content) in there:
            task.doubts.append("Kế hoạch đã có một nhiệm vụ cùng nội dung.")
    Task.objects.bulk_create(tasks)
    below = [
        (task, tasks[one.read["parent"]])
        for task, one in zip(tasks, made, strict=True)
        if one.read["parent"] is not None
    ]
    for task, parent in below:
        task.parent = parent
    Task.objects.bulk_update([task for task, _parent in below], ["parent"])
    Assignment.objects.bulk_create(
        Assignment(task=task, part=who.part, agency_id=who.agency, named_as=who.named_as[:300])
        for task, one in zip(tasks, made, strict=True)
        for who in one.carriers
    )
    return tasks


def _task(plan: Plan, place: int, one: Proposal, sections: Mapping[tuple[str, str], Section]) -> Task:
    read = one.read
    return Task(
        plan=plan,
        section=sections.get((read["section_number"], read["section"])),
        position=place,
        number=read["number"][: LONGEST["number"]],
        content=read["content"],
        starts_on=one.starts_on,
        due_on=one.due_on,
        cadence=one.cadence,
        timing=read["timing"][: LONGEST["timing"]],
        product=read["product"][: LONGEST["product"]],
        budget=read["budget"][: LONGEST["budget"]],
        state=TaskState.PROPOSED,
        source="\n".join(read["words"]),
        doubts=list(one.doubts),
    )
