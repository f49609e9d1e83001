"""The lists of policies the Council decides, and the documents by which it directs."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import fetch, me, requires
from danban.accounts.states import Permission
from danban.common import clock, files, uploads
from danban.common.errors import Refused
from danban.council import actions, queries, sheets
from danban.council.forms.lists import DecideForm, DirectiveForm, ListForm, ListItemForm
from danban.council.models import Council, Directive, ListItem, PolicyList
from danban.council.states import ListState
from danban.council.views.reach import (
    SECTION,
    dossiers_seen,
    list_seen,
    managed,
    manages,
    posted,
)
from danban.policies.models import Policy

A_PAGE = 30
CANDIDATES_A_PAGE = 20


def _council_managed(request: HttpRequest) -> Council:
    council = queries.council_on(clock.today())
    if council is None:
        raise Http404
    fetch(request, Council.objects.all(), Permission.COUNCIL_MANAGE, pk=council.pk)
    return council


@requires(Permission.COUNCIL_VIEW)
def lists(request: HttpRequest) -> HttpResponse:
    council = queries.council_on(clock.today())
    may_manage = manages(request, council)
    found = queries.lists_listed()
    context = {
        "section": SECTION,
        "page": Paginator(found if may_manage else found.filter(state=ListState.DECIDED), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "may_draft": may_manage and council is not None,
    }
    return render(request, "council/lists.html", context)


@requires(Permission.COUNCIL_MANAGE)
def draft(request: HttpRequest) -> HttpResponse:
    council = _council_managed(request)
    form = ListForm(posted(request), council=council, initial={"meeting": request.GET.get("hop")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_list(by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã lập danh mục. Hãy đưa các chính sách vào."))
            return redirect("council:list", made.pk)
    context = {"section": SECTION, "form": form, "heading": _("Lập danh mục"), "back": "council:lists"}
    return render(request, "council/form.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.COUNCIL_VIEW)
def policy_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, list_seen(request, pk), None)


def _page(request: HttpRequest, here: PolicyList, decide_form: DecideForm | None) -> HttpResponse:
    works = here.state == ListState.DRAFT and manages(request, here.council)
    q = request.GET.get("q", "")
    found = queries.candidates(here, q)
    context = {
        "section": SECTION,
        "list": here,
        "items": queries.items_of(here),
        "reach": dossiers_seen(request),
        "works": works,
        "q": q,
        "decide_form": decide_form or DecideForm(initial={"decided_on": clock.today()}),
        "page": Paginator(found, CANDIDATES_A_PAGE).get_page(request.GET.get("page")) if works else None,
    }
    return render(request, "council/list.html", context, status=422 if decide_form else 200)


@requires(Permission.COUNCIL_MANAGE)
def put_on(request: HttpRequest, pk: int, policy_id: int) -> HttpResponse:
    """A policy with the conclusion and the reason; begun from what the newest entry of its screening says."""
    here: PolicyList = managed(request, PolicyList.objects.select_related("council"), pk)
    policy = get_object_or_404(Policy.objects.select_related("dossier__agency"), pk=policy_id)
    item = ListItem.objects.filter(policy_list=here, policy=policy).first()
    entry = policy.screenings.select_related("agency", "by").last()
    known = item or entry
    initial = {"in_scope": str(int(known.in_scope)), "reason": known.reason} if known else {}
    form = ListItemForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_on_list(policy_list=here, policy=policy, by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã đưa vào danh mục."))
            return redirect("council:list", pk)
    context = {"section": SECTION, "list": here, "policy": policy, "entry": entry, "form": form}
    return render(request, "council/put_on.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.COUNCIL_MANAGE)
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ListItem.objects.select_related("policy_list__council")
    item: ListItem = managed(request, rows, pk, council="policy_list__council")
    try:
        actions.take_off_list(item=item, by=me(request))
        messages.success(request, _("Đã bỏ khỏi danh mục."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("council:list", item.policy_list_id)


@require_POST
@requires(Permission.COUNCIL_MANAGE)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    here: PolicyList = managed(request, PolicyList.objects.select_related("council"), pk)
    try:
        actions.discard_list(policy_list=here, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("council:list", pk)
    messages.success(request, _("Đã bỏ danh mục chưa quyết định."))
    return redirect("council:lists")


@require_POST
@requires(Permission.COUNCIL_MANAGE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    here: PolicyList = managed(
        request, PolicyList.objects.select_related("council__agency__parent", "meeting__chair"), pk
    )
    form = DecideForm(request.POST)
    if form.is_valid():
        try:
            actions.decide_list(policy_list=here, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã ghi quyết định. Từ nay danh mục này không thay đổi nữa."))
            return redirect("council:list", pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _page(request, here, form)


@require_safe
@requires(Permission.COUNCIL_VIEW)
def list_paper(request: HttpRequest, pk: int) -> HttpResponse:
    here = list_seen(request, pk)
    return files.made(sheets.decided_list(here), f"danh-muc-{here.pk}.docx")


@requires(Permission.COUNCIL_VIEW)
def directives(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "")
    council = queries.council_on(clock.today())
    context = {
        "section": SECTION,
        "page": Paginator(queries.directives_listed(q), A_PAGE).get_page(request.GET.get("page")),
        "q": q,
        "may_issue": council is not None and manages(request, council),
    }
    return render(request, "council/directives.html", context)


@requires(Permission.COUNCIL_MANAGE)
def issue(request: HttpRequest) -> HttpResponse:
    council = _council_managed(request)
    form = DirectiveForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        council=council,
        initial={"conclusion": request.GET.get("ket-luan")},
    )
    uploads.note_too_large(request, form)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = data.pop("file")
        try:
            actions.issue_directive(
                council=council, data=file.read(), file_name=file.name, by=me(request), **data
            )
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, _("Đã ghi văn bản chỉ đạo."))
            return redirect("council:directives")
    context = {
        "section": SECTION,
        "form": form,
        "heading": _("Ghi văn bản chỉ đạo"),
        "back": "council:directives",
    }
    return render(request, "council/form.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.COUNCIL_VIEW)
def directive_file(request: HttpRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Directive, pk=pk)
    return files.sent(found.file, found.file_name)
