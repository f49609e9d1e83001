"""People and agencies, for the administrator."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts import actions, queries
from danban.accounts.forms import AgencyForm, PersonForm, RoleForm, SuccessionForm
from danban.accounts.guards import me, requires
from danban.accounts.models import Agency, Membership, User
from danban.accounts.states import Permission
from danban.common.errors import Refused


def _link_page(request: HttpRequest, user: User, path: str, heading: str) -> HttpResponse:
    """Shows a one-time link once; it is stored nowhere."""
    about = {"person": user, "link": request.build_absolute_uri(path), "heading": heading}
    return render(request, "accounts/password_link.html", about)


def _form(request: HttpRequest, form: Form, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading}
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


@requires(Permission.PEOPLE_MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.people_listed(request.GET.get("q", "")), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "q": request.GET.get("q", "")})


@requires(Permission.PEOPLE_MANAGE)
def add_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = actions.add_user_with_role(
                email=data["email"], full_name=data["full_name"], title=data["title"],
                agency=data["agency"], role=data["role"], by=me(request),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return _link_page(request, user, queries.password_link(user), _("Đã thêm người dùng"))
    return _form(request, form, _("Thêm người dùng"))


@requires(Permission.PEOPLE_MANAGE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(user=user, by=me(request), **form.cleaned_data)
            return redirect("accounts:person", pk=pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    roles = user.memberships.select_related("agency").order_by("-valid_from")
    context = {"person": user, "roles": roles, "form": form}
    return render(request, "accounts/person.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership, pk=pk, valid_to__isnull=True)
    try:
        actions.end_role(membership=membership, by=me(request))
        messages.success(request, _("Đã kết thúc vai trò."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("accounts:person", pk=membership.user_id)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        actions.deactivate_user(user=user, by=me(request))
        messages.success(request, _("Đã khóa tài khoản."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("accounts:person", pk=pk)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    actions.reactivate_user(user=get_object_or_404(User, pk=pk, is_active=False), by=me(request))
    messages.success(request, _("Đã mở khóa tài khoản."))
    return redirect("accounts:person", pk=pk)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def give_link(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        path = actions.give_password_link(user=user, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("accounts:person", pk=pk)
    return _link_page(request, user, path, _("Liên kết đặt mật khẩu"))


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def remove_factors(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        actions.remove_second_factors(user=user, by=me(request))
        messages.success(request, _("Đã gỡ xác thực hai lớp. Người này phải đặt lại khi đăng nhập."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("accounts:person", pk=pk)


@requires(Permission.PEOPLE_MANAGE)
def agencies(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.agencies_listed(request.GET.get("q", "")), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/agencies.html", {"page": page, "q": request.GET.get("q", "")})


@requires(Permission.PEOPLE_MANAGE)
def add_agency(request: HttpRequest) -> HttpResponse:
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agency = actions.add_agency(by=me(request), **form.cleaned_data)
            return redirect("accounts:agency", pk=agency.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _form(request, form, _("Thêm cơ quan"))


@requires(Permission.PEOPLE_MANAGE)
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Agency.objects.select_related("parent"), pk=pk)
    form = SuccessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_succession(predecessor=shown, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã ghi cơ quan kế tục."))
            return redirect("accounts:agency", pk=pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    successions = shown.successions.select_related("successor")
    context = {"agency": shown, "successions": successions, "form": form}
    return render(request, "accounts/agency.html", context, status=422 if form.errors else 200)
