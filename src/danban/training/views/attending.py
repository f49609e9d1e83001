"""The light page a phone opens from the code on the screen of the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from danban.accounts.guards import public
from danban.common.errors import Refused
from danban.training import actions
from danban.training.models import Session
from danban.training.states import SessionState


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
        return render(request, "training/public_attend.html", context)
    room, who = request.POST.get("room", "")[:20], request.POST.get("who", "")[:200]
    try:
        context["attendance"] = actions.attend(session=shown, room_code=room, who=who)
    except Refused as refusal:
        context |= {"room": room, "who": who, "error": refusal.message}
        return render(request, "training/public_attend.html", context, status=422)
    return render(request, "training/public_attend.html", context)
