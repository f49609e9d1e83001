"""Comments brought in from a file: good rows kept, the others listed with why."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.text import clean, fold
from danban.consultation import rules
from danban.consultation.actions.comments import note_agencies_spoke, unsaved_comment
from danban.consultation.actions.progress import Key, add_tallies
from danban.consultation.contact import ContactData, seal
from danban.consultation.importing import Facts, Line, sort_out
from danban.consultation.models import Comment, Contact, ImportBatch, Window
from danban.consultation.places import outline_of
from danban.consultation.states import Act, Channel, CommenterKind
from danban.policies.actions.tables import rows_of_table
from danban.policies.models import Provision

ROWS_AT_ONCE = 500


def import_comments(
    *, window: Window, data: bytes, file_name: str, channel: str, collected_how: str, by: User
) -> ImportBatch:
    """Keep every good row of an .xlsx or .csv as a comment, and what was wrong with the others.

    Raises UploadRefused (no such file, unreadable), SecretRefused (a cell bears a mark of a state secret),
    ImportRefused (brought in before, no column of comments) or CommentRefused (channel, manner); then
    nothing was kept.
    """
    collected_how = clean(collected_how)[: rules.HOW_MAX]
    rules.check_entry(
        channel=channel,
        collected_how=collected_how,
        received_on=clock.today(),
        opens_on=window.opens_on,
        today=clock.today(),
        cancelled=window.cancelled_at is not None,
    )
    digest = hashlib.sha256(data).hexdigest()
    _refuse_again(window, digest)
    rows = rows_of_table(data=data, file_name=file_name, by=by)
    good, bad = sort_out(rows, _facts(window, collected_how))
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.create(
                window=window,
                channel=Channel(channel),
                collected_how=collected_how,
                file_name=clean(file_name)[:255],
                file_sha256=digest,
                imported=len(good),
                rejected=[asdict(row) for row in bad],
                imported_by=by,
                created_at=clock.now(),
            )
            _keep(batch, good, by)
    except IntegrityError:
        _refuse_again(window, digest)
        raise
    return batch


def _refuse_again(window: Window, digest: str) -> None:
    before = ImportBatch.objects.filter(window=window, file_sha256=digest).first()
    if before is not None:
        raise rules.ImportRefused(
            _("Tệp này đã được nhập ngày %(day)s (%(n)d ý kiến), nên không nhập lần nữa.")
            % {"day": f"{timezone.localdate(before.created_at):%d/%m/%Y}", "n": before.imported}
        )


def _facts(window: Window, how: str) -> Facts:
    return Facts(outline=outline_of(window.version), opens_on=window.opens_on, today=clock.today(), how=how)


def _keep(batch: ImportBatch, lines: list[Line], by: User) -> None:
    """All rows of a batch in its transaction."""
    agencies = {fold(agency.name): agency for agency in Agency.objects.order_by("-valid_from")}
    provisions = Provision.objects.in_bulk({line.provision for line in lines if line.provision})
    made, reach = [], []
    for line in lines:
        agency = agencies.get(fold(line.name)) if line.kind == CommenterKind.AGENCY else None
        # A person agreed to nothing by standing in a list: the name is kept as contact data.
        contact = ContactData(name=line.name) if line.kind == CommenterKind.PERSON and line.name else None
        comment = unsaved_comment(
            window=batch.window,
            provision=provisions.get(line.provision or 0),
            text=line.text,
            commenter_kind=line.kind,
            public_name="" if contact else line.name,
            contact=contact,
            channel=Channel(batch.channel),
            received_on=line.received_on,
            idempotency_key=uuid.uuid4(),
            agency=agency,
            collected_how=line.how,
            entered_by=by,
        )
        comment.batch = batch
        made.append(comment)
        reach.append(contact)
    Comment.objects.bulk_create(made, batch_size=ROWS_AT_ONCE)
    Contact.objects.bulk_create(
        (
            Contact(comment=comment, sealed=seal(contact, comment.pk))
            for comment, contact in zip(made, reach, strict=True)
            if contact
        ),
        batch_size=ROWS_AT_ONCE,
    )
    add_tallies(Counter(_key(comment) for comment in made))
    replies = note_agencies_spoke(
        batch.window, {comment.agency_id: comment.received_on for comment in made if comment.agency_id}
    )
    record(
        Act.COMMENTS_IMPORTED,
        actor=actor_name(by),
        rows=[batch, batch.window, *replies],
        file=batch.file_sha256,
        rejected=len(batch.rejected),
        comments={comment.pk: comment.fingerprint for comment in made},
    )


def _key(comment: Comment) -> Key:
    return (
        comment.window_id,
        comment.provision_id,
        comment.state,
        comment.commenter_kind,
        comment.channel,
    )
