"""The light page a phone opens from the code on the screen of the room."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from danban.accounts.guards import public
from danban.common.errors import Refused
from danban.training import actions
from danban.training.models import Attendance, Session
from danban.training.states import SessionState

_signer = signing.Signer(salt="danban.training.present")


# Whoever sends proves by the code of the room that they may; no cookie could be borrowed.
@csrf_exempt
@public
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: HttpRequest, pk: int, room: str = "") -> HttpResponse:
    """Type the personal code or the name once; sent again, or late, it gives the same confirmation."""
    shown = get_object_or_404(
        Session.objects.select_related("course").exclude(state=SessionState.PLANNED), pk=pk
    )
    context: dict[str, object] = {"session": shown, "course": shown.course, "room": room}
    if request.method != "POST":
        context["attendance"] = _recorded(shown, request.GET.get("da", ""))
        return render(request, "training/public_attend.html", context)
    room, who = request.POST.get("room", "")[:20], request.POST.get("who", "")[:200]
    try:
        attendance = actions.attend(session=shown, room_code=room, who=who)
    except Refused as refusal:
        context |= {"room": room, "who": who, "error": refusal.message}
        return render(request, "training/public_attend.html", context, status=422)
    done = urlencode({"da": _signer.sign(str(attendance.pk))})
    return redirect(f"{reverse('training_public:attend_typed', args=[pk])}?{done}")


def _recorded(shown: Session, signed: str) -> Attendance | None:
    """The presence that a confirmation of ours names."""
    try:
        pk = int(_signer.unsign(signed))
    except signing.BadSignature:
        return None
    return Attendance.objects.filter(pk=pk, registration__session=shown).first()
