"""The second person's screens: what waits, one answer in full, release or return."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danban.accounts.guards import agencies_with, fetch, me, requires
from danban.accounts.states import Permission
from danban.answers import actions, queries
from danban.answers.differences import word_differences
from danban.answers.forms import ReturnForm
from danban.answers.models import Answer
from danban.answers.render import reason_html
from danban.answers.states import AnswerState
from danban.answers.views import variants_page
from danban.common.errors import Refused
from danban.consultation.places import place_in_words

ANSWERS_A_PAGE = 50


@requires(Permission.ANSWER_RELEASE)
def queue(request: HttpRequest) -> HttpResponse:
    rows = queries.to_release(agencies_with(request, Permission.ANSWER_RELEASE))
    page = Paginator(rows, ANSWERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "answers/release_queue.html", {"page": page, "section": "answers"})


@requires(Permission.ANSWER_RELEASE)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer to release (``viec=cong-bo``) or to return (``viec=tra-lai`` with a reason)."""
    rows = Answer.objects.select_related("point__provision", "point__window__dossier", "written_by")
    answer = fetch(request, rows, Permission.ANSWER_RELEASE, agency="point__window__dossier__agency", pk=pk)
    if request.method != "POST":
        return render(request, "answers/review.html", _context(request, answer, ReturnForm()))
    form = ReturnForm(request.POST)
    try:
        if request.POST.get("viec") == "cong-bo":
            form = ReturnForm()
            released = actions.release_answer(
                answer=answer, by=me(request), seen=request.POST.get("seen", "")
            )
            told = _("Đã công bố. Số ý kiến được trả lời: %(n)d.") % {"n": released.comments_count}
            messages.success(request, told)
            return redirect("answers:release_queue")
        if form.is_valid():
            actions.return_answer(answer=answer, reason=form.cleaned_data["reason"], by=me(request))
            messages.success(request, _("Đã trả lại người soạn."))
            return redirect("answers:release_queue")
    except Refused as refusal:
        messages.error(request, refusal.message)
        answer.refresh_from_db()
        return render(request, "answers/review.html", _context(request, answer, form), status=409)
    return render(request, "answers/review.html", _context(request, answer, form), status=422)


def _context(request: HttpRequest, answer: Answer, form: ReturnForm) -> dict[str, Any]:
    number = variants_page(request)
    variants, more = queries.variants(answer.point, number)
    released = queries.released_answer(answer.point)
    return {
        "section": "answers",
        "answer": answer,
        "answer_html": reason_html(answer.reason),
        "place": place_in_words(answer.point.provision),
        "point": answer.point,
        "window": answer.point.window,
        "variants": variants,
        "variants_page": number,
        "variants_more": more,
        "members_count": answer.point.members.count(),
        "released": released,
        "runs": word_differences(released.reason, answer.reason) if released else [],
        "seen": queries.token_of(answer),
        "own": answer.written_by_id == request.user.pk,
        "waiting": answer.state == AnswerState.SUBMITTED,
        "form": form,
    }
