"""Write, check, send. One view, three steps, no script; the text comes back with every refusal."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from danban.accounts.guards import public
from danban.common import clock, tokens
from danban.common.errors import Refused
from danban.common.throttle import network_of
from danban.consultation import actions, queries, rules
from danban.consultation.contact import ContactData
from danban.consultation.models import Window
from danban.policies.models import Provision
from danban.policies.states import WindowKind
from danban.portal import reading, throttle
from danban.portal.forms import CommentForm

WRITE, CHECK, SEND = "viet", "kiem-tra", "gui"


# No cookie says who the sender is, so there is nothing a forged request could borrow.
@csrf_exempt
@public
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, window: int, provision: int | None = None) -> HttpResponse:
    """The comment form on one provision, or on the whole draft."""
    step = request.POST.get("step", CHECK) if request.method == "POST" else ""
    place, target = _target(window, provision, sending=step == SEND)
    if not step:
        if not rules.is_open(
            place.opens_on, place.closes_on, clock.today(), cancelled=bool(place.cancelled_at)
        ):
            return _closed(request, place, target, CommentForm())
        form = CommentForm(initial={"token": tokens.new_token()})
        return _page(request, "write", place, target, form)
    form = CommentForm(request.POST)
    if step == WRITE or not form.is_valid():
        form.is_valid()
        status = 422 if step != WRITE else 200
        if step == WRITE:
            form = CommentForm(initial={name: form.data.get(name) for name in form.fields})
        return _page(request, "write", place, target, form, status=status)
    if step == CHECK:
        return _page(request, "check", place, target, form)
    return _send(request, place, target, form)


def _target(window: int, provision: int | None, *, sending: bool) -> tuple[Window, Provision | None]:
    """The window, and the provision of the version whose words were shown.

    What is sent only needs the key: the words are fetched where a page shows them again.
    """
    place = get_object_or_404(Window, pk=window, kind=WindowKind.OPINION)
    if provision is None:
        return place, None
    parts = Provision.objects.only("version") if sending else Provision.objects.select_related("version")
    target = get_object_or_404(parts, pk=provision, version=place.version_id)
    if not sending:
        place.version = target.version
    return place, target


def _send(request: HttpRequest, place: Window, target: Provision | None, form: CommentForm) -> HttpResponse:
    data = form.cleaned_data
    key = tokens.key_in(data["token"])
    if key is None:
        form = _with_new_token(form)
        notice = _("Trang này mở đã quá lâu. Ý kiến vẫn còn nguyên: hãy bấm Gửi một lần nữa.")
        return _page(request, "check", place, target, form, notice=notice, status=422)
    if data["website"] or not _may_send(request, place, key):
        notice = _(
            "Có quá nhiều góp ý từ cùng một mạng. Ý kiến vẫn còn nguyên: hãy đợi một phút rồi bấm Gửi."
        )
        return _page(request, "check", place, target, form, notice=notice, status=429)
    contact = ContactData(name=data["name"], email=data["email"], phone=data["phone"], address="")
    try:
        receipt = actions.submit_comment(
            window=place,
            provision=target,
            text=data["text"],
            commenter_kind=data["commenter_kind"],
            public_name=data["name"] if data["show_name"] else "",
            contact=contact if (data["name"] or data["email"] or data["phone"]) else None,
            wants_email=bool(data["email"]),
            idempotency_key=key,
        )
    except rules.WindowClosed:
        return _closed(request, place, target, form, status=409)
    except rules.KeyReused as refusal:
        return _page(
            request, "check", place, target, _with_new_token(form), notice=refusal.message, status=409
        )
    except Refused as refusal:
        return _page(request, "check", place, target, form, notice=refusal.message, status=422)
    return redirect("portal:receipt", code=receipt.code)


def _may_send(request: HttpRequest, place: Window, key: uuid.UUID) -> bool:
    """Within the network's rate; beyond it only what was accepted before gets through, for its receipt."""
    sender = (network_of(request), place.dossier_id)
    return throttle.comments.take(sender, settings.COMMENTS_PER_MINUTE) or queries.was_sent(key)


def _with_new_token(form: CommentForm) -> CommentForm:
    """The same answers under a new key, so that sending them makes a new comment."""
    renewed = CommentForm({**dict(form.data.items()), "token": tokens.new_token()})
    renewed.is_valid()
    return renewed


def _page(
    request: HttpRequest,
    step: str,
    place: Window,
    target: Provision | None,
    form: CommentForm,
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "window": place,
        "dossier": place.dossier,
        "provision": target,
        "article": _block_of(place, target),
        "form": form,
        "notice": notice,
    }
    return render(request, f"portal/comment_{step}.html", context, status=status)


def _closed(
    request: HttpRequest, place: Window, target: Provision | None, form: CommentForm, status: int = 200
) -> HttpResponse:
    """After the deadline: says so, and gives the text back."""
    text = form.data.get("text", "") if form.is_bound else ""
    context = {"window": place, "dossier": place.dossier, "text": text, "today": clock.today()}
    return render(request, "portal/comment_closed.html", context, status=status)


def _block_of(place: Window, target: Provision | None) -> reading.Block | None:
    """The article in which the target stands, to be read while writing."""
    if target is None:
        return None
    return next(block for block in reading.blocks_of(place.version) if target.pk in block.members)
