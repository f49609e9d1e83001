"""Windows and requests for opinion: opened, made longer, cancelled; asked, replied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.text import clean
from danban.consultation import rules
from danban.consultation.models import OpinionRequest, Window
from danban.consultation.states import Act
from danban.policies.models import Dossier, Version
from danban.policies.queries import posting_rule_for
from danban.policies.states import VersionState, WindowKind


@transaction.atomic
def open_window(
    *, version: Version, kind: str, opens_on: dt.date, closes_on: dt.date, by: User, short_reason: str = ""
) -> Window:
    """Let people comment a released version between two days, both counted in."""
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
    _refuse_overlap(dossier, kind, opens_on, closes_on)
    window = Window.objects.create(
        dossier=dossier,
        version=version,
        kind=WindowKind(kind),
        opens_on=opens_on,
        closes_on=closes_on,
        rule=rule,
        short_reason=short_reason,
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


@transaction.atomic
def extend_window(*, window: Window, closes_on: dt.date, by: User) -> Window:
    """Give people more days. A window is never made shorter."""
    window = _locked(window)
    before = window.closes_on
    rules.check_extension(
        closes_on=before, later=closes_on, today=clock.today(), cancelled=window.cancelled_at is not None
    )
    _refuse_overlap(window.dossier, window.kind, window.opens_on, closes_on, besides=window.pk)
    window.closes_on = closes_on
    window.save(update_fields=["closes_on"])
    record(Act.WINDOW_EXTENDED, actor=actor_name(by), rows=[window], closed_on=before, closes_on=closes_on)
    return window


@transaction.atomic
def cancel_window(*, window: Window, reason: str, by: User) -> Window:
    """Take a window back, saying why. What was said in it stays."""
    window = _locked(window)
    reason = clean(reason)
    if window.cancelled_at is not None:
        raise rules.WindowRefused(_("Đợt này đã hủy rồi."))
    if clock.today() > window.closes_on:
        raise rules.WindowRefused(_("Đợt này đã hết hạn nên không hủy được nữa."))
    if not reason:
        raise rules.WindowRefused(_("Viết lý do hủy."))
    window.cancelled_at, window.cancelled_reason = clock.now(), reason[: rules.REASON_MAX]
    window.save(update_fields=["cancelled_at", "cancelled_reason"])
    record(Act.WINDOW_CANCELLED, actor=actor_name(by), rows=[window])
    return window


@transaction.atomic
def request_opinions(
    *,
    window: Window,
    agencies: Collection[Agency],
    letter_number: str,
    asked_on: dt.date,
    due_on: dt.date,
    by: User,
) -> list[OpinionRequest]:
    """Record that agencies were asked in writing; those asked before are left as they are."""
    if due_on < asked_on or asked_on > clock.today():
        raise rules.WindowRefused(
            _("Ngày gửi không thể ở tương lai, và hạn trả lời phải từ ngày gửi trở đi.")
        )
    window = _locked(window)
    known = set(window.requests.values_list("agency_id", flat=True))
    made = OpinionRequest.objects.bulk_create(
        OpinionRequest(
            window=window,
            agency=agency,
            letter_number=clean(letter_number),
            asked_on=asked_on,
            due_on=due_on,
        )
        for agency in agencies
        if agency.pk not in known
    )
    if made:
        record(Act.OPINION_REQUESTED, actor=actor_name(by), rows=[window, *made], due_on=due_on)
    return made


@transaction.atomic
def note_reply(*, request: OpinionRequest, answered_on: dt.date, by: User) -> None:
    """An agency replied, with comments or to say that it has none."""
    if not request.asked_on <= answered_on <= clock.today():
        raise rules.WindowRefused(_("Ngày trả lời phải từ ngày gửi đến hôm nay."))
    OpinionRequest.objects.filter(pk=request.pk).update(answered_on=answered_on)
    record(Act.OPINION_ANSWERED, actor=actor_name(by), rows=[request], answered_on=answered_on)


def _locked(window: Window) -> Window:
    return Window.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=window.pk)


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
