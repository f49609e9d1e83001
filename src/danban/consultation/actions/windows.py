"""Windows: opened and concluded in writing; made longer and cancelled once a second person confirmed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.text import clean
from danban.consultation import rules
from danban.consultation.models import Proposal, Window
from danban.consultation.states import Act
from danban.policies.models import Dossier, Version
from danban.policies.queries import posting_rule_for
from danban.policies.states import VersionState, WindowKind


@transaction.atomic
def open_window(
    *,
    version: Version,
    kind: str,
    opens_on: dt.date,
    closes_on: dt.date,
    by: User,
    short_reason: str = "",
    holder: Agency | None = None,
) -> Window:
    """Let people comment a released version between two days, both counted in.

    ``holder`` is who holds a social critique; the other kinds are the drafting agency's own.
    """
    dossier = Dossier.objects.select_for_update().get(pk=version.dossier_id)
    if version.state != VersionState.RELEASED:
        raise rules.WindowRefused(_("Chỉ mở đợt lấy ý kiến cho bản dự thảo đã công bố."))
    rule = posting_rule_for(dossier.document_type, kind, opens_on)
    short_reason = clean(short_reason)
    rules.check_days(
        opens_on=opens_on,
        closes_on=closes_on,
        today=clock.today(),
        min_days=rule.min_days if rule else None,
        verified=bool(rule and rule.verified),
        reason=short_reason,
    )
    rules.check_holder(kind=kind, holder_kind=holder.kind if holder else "")
    _refuse_overlap(dossier, kind, opens_on, closes_on)
    window = Window.objects.create(
        dossier=dossier,
        version=version,
        kind=WindowKind(kind),
        opens_on=opens_on,
        closes_on=closes_on,
        rule=rule,
        short_reason=short_reason,
        holder=holder,
        opened_by=by,
        created_at=clock.now(),
    )
    record(
        Act.WINDOW_OPENED,
        actor=actor_name(by),
        rows=[window, dossier, version],
        opens_on=opens_on,
        closes_on=closes_on,
    )
    return window


def extend(proposal: Proposal, by: User) -> None:
    """What a second person confirmed: people have more days. A window is never made shorter."""
    window, before = proposal.window, proposal.window.closes_on
    assert proposal.closes_on is not None
    check_extension(window, proposal.closes_on)
    window.closes_on = proposal.closes_on
    window.save(update_fields=["closes_on"])
    record(
        Act.WINDOW_EXTENDED, actor=actor_name(by), rows=[window, proposal],
        closed_on=before, closes_on=window.closes_on,
    )  # fmt: skip


def cancel(proposal: Proposal, by: User) -> None:
    """What a second person confirmed: the window is taken back. What was said in it stays."""
    window = proposal.window
    check_cancelling(window)
    window.cancelled_at, window.cancelled_reason = clock.now(), proposal.reason
    window.save(update_fields=["cancelled_at", "cancelled_reason"])
    record(Act.WINDOW_CANCELLED, actor=actor_name(by), rows=[window, proposal])


@transaction.atomic
def conclude_window(*, window: Window, held_on: dt.date, result: str, by: User) -> Window:
    """Record the conference of a policy consultation or a critique, and what its paper says."""
    window = locked(window)
    _refuse_cancelled(window)
    result = clean(result)
    rules.check_result(kind=window.kind, held_on=held_on, opens_on=window.opens_on, today=clock.today())
    if not result:
        raise rules.WindowRefused(_("Ghi kết quả: ai tham gia, mỗi bên nói gì."))
    window.held_on, window.result = held_on, result
    window.save(update_fields=["held_on", "result"])
    record(Act.WINDOW_CONCLUDED, actor=actor_name(by), rows=[window], held_on=held_on)
    return window


def locked(window: Window) -> Window:
    """The window as it is now, held with its dossier: nobody opens another beside it meanwhile."""
    return (
        Window.objects.select_for_update(of=("self", "dossier")).select_related("dossier").get(pk=window.pk)
    )


def check_extension(window: Window, closes_on: dt.date) -> None:
    rules.check_extension(
        closes_on=window.closes_on,
        later=closes_on,
        today=clock.today(),
        cancelled=window.cancelled_at is not None,
    )
    _refuse_overlap(window.dossier, window.kind, window.opens_on, closes_on, besides=window.pk)


def check_cancelling(window: Window) -> None:
    rules.check_cancelling(
        closes_on=window.closes_on, today=clock.today(), cancelled=window.cancelled_at is not None
    )


def _refuse_cancelled(window: Window) -> None:
    if window.cancelled_at is not None:
        raise rules.WindowRefused(_("Đợt này đã hủy rồi."))


def _refuse_overlap(
    dossier: Dossier, kind: str, opens_on: dt.date, closes_on: dt.date, besides: int = 0
) -> None:
    """At any day a dossier has at most one window of a kind: a comment must know where it goes."""
    others = dossier.windows.filter(
        kind=kind, cancelled_at__isnull=True, opens_on__lte=closes_on, closes_on__gte=opens_on
    )
    if others.exclude(pk=besides).exists():
        raise rules.WindowRefused(
            _("Hồ sơ này đã có một đợt cùng loại trùng ngày. Hãy gia hạn đợt đó hoặc chọn ngày khác.")
        )
