"""The workbench: points on the left, one point and its comments in the middle, the answer at hand."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import agencies_with, fetch, me, requires
from danban.accounts.states import Permission
from danban.answers import actions, queries
from danban.answers.differences import word_differences
from danban.answers.forms import AnswerForm, PointForm
from danban.answers.models import Answer, Point
from danban.answers.places import printed_number
from danban.answers.render import reason_html
from danban.answers.rules import AnswerChanged
from danban.answers.states import Stage
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.consultation.models import Comment, Window
from danban.consultation.places import place_in_words
from danban.consultation.states import Visibility
from danban.policies.models import Provision

POINTS_A_PAGE = 50


def _window(request: HttpRequest, pk: int) -> Window:
    rows = Window.objects.select_related("dossier__agency", "version")
    return cast(Window, fetch(request, rows, Permission.ANSWER_WRITE, agency="dossier__agency", pk=pk))


def _point(request: HttpRequest, window_id: int, pk: int) -> Point:
    rows = Point.objects.select_related("window__dossier__agency", "provision")
    return cast(
        Point,
        fetch(
            request, rows, Permission.ANSWER_WRITE, agency="window__dossier__agency", pk=pk, window=window_id
        ),
    )


def _queue(request: HttpRequest, window: Window) -> dict[str, Any]:
    """The left pane: points of one stage, counts of all stages, how far the window has come."""
    stage = request.GET.get("buoc", "")
    stage = stage if stage in Stage.values else ""
    counts = queries.stage_counts(window)
    page = Paginator(queries.points(window, stage), POINTS_A_PAGE).get_page(request.GET.get("page"))
    row: Any
    for row in page.object_list:
        row.place, row.stage_label = place_in_words(row.provision), Stage(row.stage).label
    return {
        "section": "answers",
        "window": window,
        "page": page,
        "stage": stage,
        "stages": [(code, label, counts[code]) for code, label in Stage.choices],
        "points_count": sum(counts.values()),
        "progress": queries.progress(window),
    }


@requires(Permission.ANSWER_WRITE)
def windows(request: HttpRequest) -> HttpResponse:
    rows = queries.windows_worked(agencies_with(request, Permission.ANSWER_WRITE))
    page = Paginator(rows, POINTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "answers/windows.html", {"page": page, "section": "answers"})


@requires(Permission.ANSWER_WRITE)
def workbench(request: HttpRequest, window_id: int) -> HttpResponse:
    return render(request, "answers/workbench.html", _queue(request, _window(request, window_id)))


@requires(Permission.ANSWER_WRITE)
def point(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    """Read a point; POST keeps the answer in work, and with ``viec=trinh`` hands it to a second person."""
    here = _point(request, window_id, pk)
    if request.method != "POST":
        return render(request, "answers/point.html", _bench(request, here, None))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "answers/point.html", _bench(request, here, form), status=422)
    try:
        answer = actions.save_answer(point=here, by=me(request), **form.cleaned_data)
        if request.POST.get("viec") == "trinh":
            actions.submit_answer(answer=answer, by=me(request))
            messages.success(request, _("Đã chuyển người thứ hai duyệt."))
            following = _next(here)
            return redirect("answers:point", window_id, following.pk if following else pk)
        messages.success(request, _("Đã lưu bản nháp."))
    except AnswerChanged as refusal:
        return _show_change(request, here, form, refusal)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return render(request, "answers/point.html", _bench(request, here, form), status=409)
    return redirect("answers:point", window_id, pk)


def _show_change(request: HttpRequest, here: Point, form: AnswerForm, refusal: AnswerChanged) -> HttpResponse:
    """Two officers wrote: the second keeps their words and sees the first one's beside them."""
    now = queries.answer_in_work(here)
    typed = form.cleaned_data
    kept = AnswerForm(initial={**typed, "seen": queries.token_of(now)})
    context = _bench(request, here, kept)
    context["conflict"] = {
        "message": refusal.message,
        "theirs": now,
        "runs": word_differences(now.reason, typed["reason"]) if now else [],
    }
    return render(request, "answers/point.html", context, status=409)


def _bench(request: HttpRequest, here: Point, form: AnswerForm | None) -> dict[str, Any]:
    """Everything the three panes show of one point."""
    number = variants_page(request)
    shown, more = queries.variants(here, number)
    in_work, released = queries.answer_in_work(here), queries.released_answer(here)
    stage = Stage((in_work or released).state) if in_work or released else Stage.OPEN  # type: ignore[union-attr]
    return _queue(request, here.window) | {
        "point": here,
        "place": place_in_words(here.provision),
        "point_stage": stage.value,
        "point_stage_label": stage.label,
        "members_count": here.members.count(),
        "variants": shown,
        "variants_page": number,
        "variants_more": more,
        "law": [_printed(part) for part in queries.words_of(here.provision)],
        "in_work": in_work,
        "in_work_html": reason_html(in_work.reason) if in_work else "",
        "released": released,
        "released_html": reason_html(released.reason) if released else "",
        "form": form or AnswerForm(initial=_initial(in_work or released, in_work)),
        "point_form": PointForm(initial={"title": here.title}, auto_id="point_%s"),
        "waiting": stage is Stage.SUBMITTED,
        "editable": stage is not Stage.SUBMITTED,
        "next_point": _next(here),
    }


def variants_page(request: HttpRequest) -> int:
    """The page of comments asked for, 1 when it is nonsense."""
    return max(1, whole(request.GET.get("y-kien"), 6) or 1)


def _printed(part: Provision) -> dict[str, str]:
    return {"label": f"{printed_number(part)} ".lstrip(), "heading": part.heading, "text": part.text}


def _initial(words: Answer | None, in_work: Answer | None) -> dict[str, str]:
    """A new answer to an answered point starts from the released words."""
    started = {"disposition": words.disposition, "reason": words.reason} if words else {}
    return {**started, "seen": queries.token_of(in_work)}


def _next(here: Point) -> Point | None:
    """The next point nobody has begun, for the key that goes there."""
    return queries.points(here.window, Stage.OPEN).exclude(pk=here.pk).first()


@requires(Permission.ANSWER_WRITE)
def new_point(request: HttpRequest, window_id: int) -> HttpResponse:
    """Comments chosen in the inbox become a point, or join one. ``rieng`` answers one alone at once."""
    window = _window(request, window_id)
    if request.method != "POST":
        return redirect("answers:workbench", window_id)
    ids = {pk for raw in request.POST.getlist("comments") if (pk := whole(raw)) is not None}
    chosen = queries.selected_comments(window, ids)
    suggested = {"title": _suggest(chosen)}
    alone = "rieng" in request.POST
    form = PointForm(
        request.POST if "title" in request.POST else suggested if alone else None, initial=suggested
    )
    try:
        if request.POST.get("point"):
            made = _join(request, window_id, chosen)
            return redirect("answers:point", window_id, made.pk)
        if form.is_valid():
            made = actions.make_point(
                window=window, title=form.cleaned_data["title"], provision=_common_provision(chosen),
                comments=chosen, by=me(request),
            )  # fmt: skip
            return redirect("answers:point", window_id, made.pk)
    except Refused as refusal:
        messages.error(request, refusal.message)
    if not chosen:
        messages.error(request, _("Chưa chọn ý kiến nào. Đánh dấu ý kiến trong hộp thư rồi gom lại."))
        return redirect("answers:workbench", window_id)
    context = {
        "section": "answers",
        "window": window,
        "chosen": chosen,
        "shown": chosen[:50],
        "form": form,
        "points": queries.joinable_points(window)[:500],
    }
    return render(request, "answers/new_point.html", context)


def _join(request: HttpRequest, window_id: int, chosen: list[Comment]) -> Point:
    joined = _point(request, window_id, whole(request.POST["point"]) or 0)
    actions.add_comments(point=joined, comments=chosen, by=me(request))
    return joined


def _suggest(chosen: list[Comment]) -> str:
    """The first words that everyone may read: the title of a point stands on the public page."""
    shown = next((comment for comment in chosen if comment.visibility == Visibility.SHOWN), None)
    return Truncator(" ".join(shown.text.split())).chars(120) if shown else ""


def _common_provision(chosen: list[Comment]) -> Provision | None:
    """The provision that most of the comments speak of; the earliest of equals; None for the whole draft."""
    if not chosen:
        return None
    spoken = [comment.provision for comment in chosen]
    return max(spoken, key=lambda one: (spoken.count(one), -one.position if one else 0))


@require_POST
@requires(Permission.ANSWER_WRITE)
def retitle(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    here = _point(request, window_id, pk)
    try:
        actions.retitle_point(point=here, title=request.POST.get("title", ""), by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("answers:point", window_id, pk)


@require_POST
@requires(Permission.ANSWER_WRITE)
def remove(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    """A text leaves the point, with all its copies."""
    here = _point(request, window_id, pk)
    asked = whole(request.POST.get("comment"))
    comment = Comment.objects.filter(membership__point=here, pk=asked).first() if asked else None
    if comment:
        try:
            actions.remove_comments(
                point=here, comments=list(queries.copies_in(here, comment)), by=me(request)
            )
            messages.success(request, _("Đã đưa ý kiến về hộp thư."))
        except Refused as refusal:
            messages.error(request, refusal.message)
    return redirect("answers:point", window_id, pk)


@require_POST
@requires(Permission.ANSWER_WRITE)
def dissolve(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    here = _point(request, window_id, pk)
    try:
        actions.dissolve_point(point=here, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("answers:point", window_id, pk)
    messages.success(request, _("Đã bỏ vấn đề; các ý kiến trở về hộp thư."))
    return redirect("answers:workbench", window_id)
