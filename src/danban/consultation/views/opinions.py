"""What a body that was asked in writing answered, and the paper it sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from danban.accounts.guards import may_here, me, requires
from danban.accounts.states import Permission
from danban.common import files, uploads
from danban.common.errors import Refused
from danban.consultation import actions
from danban.consultation.forms import ReplyForm
from danban.consultation.models import OpinionRequest, Window
from danban.consultation.states import SPEAKS
from danban.consultation.views.reach import window_of
from danban.policies.rules import SecretRefused


def _asked(window: Window, pk: int) -> OpinionRequest:
    return get_object_or_404(OpinionRequest.objects.select_related("agency"), pk=pk, window=window)


@requires(Permission.WINDOW_OPEN)
def reply(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    """Record a reply: where the body stands, its words, its paper."""
    here = window_of(request, Permission.WINDOW_OPEN, window_id)
    asked = _asked(here, pk)
    known = {"answered_on": asked.answered_on} if asked.answered_on else {}
    posted = request.method == "POST"
    form = ReplyForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"position": asked.position, **known},
    )
    reasons: tuple[str, ...] = ()
    uploads.note_too_large(request, form)
    if form.is_valid():
        data = form.cleaned_data
        sent = data["file"]
        try:
            comment = actions.note_reply(
                request=asked,
                answered_on=data["answered_on"],
                position=data["position"],
                text=data["text"],
                file=(sent.read(), sent.name) if sent else None,
                key=data["key"],
                by=me(request),
            )
        except SecretRefused as refusal:
            reasons = refusal.reasons
            form.add_error("file", refusal.message)
        except uploads.UploadRefused as refusal:
            form.add_error("file", refusal.message)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã ghi trả lời của %(agency)s.") % {"agency": asked.agency})
            if comment is None and sent and data["position"] in SPEAKS:
                messages.warning(request, _("Lời trong tệp chưa thành ý kiến: hãy nhập từng ý."))
            return redirect("consultation:window", window_id)
    context = {"window": here, "dossier": here.dossier, "asked": asked, "form": form, "reasons": reasons}
    context["may_enter"] = may_here(request, Permission.COMMENT_IMPORT, here.dossier.agency_id)
    return render(request, "consultation/reply.html", context, status=422 if form.errors else 200)


@requires(Permission.DOSSIER_VIEW)
def file(request: HttpRequest, window_id: int, pk: int) -> FileResponse:
    """The paper as it was sent."""
    asked = _asked(window_of(request, Permission.DOSSIER_VIEW, window_id), pk)
    if not asked.reply_file:
        raise Http404
    return files.sent(asked.reply_file, asked.reply_file_name)
