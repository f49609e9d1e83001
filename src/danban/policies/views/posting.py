"""The dated table of least posting days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import me, requires
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.policies import actions, queries
from danban.policies.forms import ConfirmRuleForm, PostingRuleForm
from danban.policies.models import PostingRule


@requires(Permission.RULES_EDIT)
def posting_rules(request: HttpRequest) -> HttpResponse:
    form = PostingRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_posting_rule(by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã thêm quy định. Quy định trước đó hết áp dụng từ ngày này."))
            return redirect("policies:posting_rules")
        except Refused as refusal:
            form.add_error("valid_from", refusal.message)
    today = clock.today()
    rules = list(queries.posting_rules())
    return render(
        request,
        "policies/posting_rules.html",
        {
            "current": [rule for rule in rules if rule.valid_to is None or rule.valid_to >= today],
            "past": [rule for rule in rules if rule.valid_to is not None and rule.valid_to < today],
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@require_POST
@requires(Permission.RULES_EDIT)
def confirm_rule(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(PostingRule, pk=pk)
    form = ConfirmRuleForm(request.POST)
    if form.is_valid():
        actions.confirm_posting_rule(rule=rule, legal_basis=form.cleaned_data["legal_basis"], by=me(request))
        messages.success(request, _("Đã ghi nhận: quy định này được đối chiếu với văn bản chính thức."))
    else:
        messages.error(request, _("Hãy ghi điều, khoản của văn bản mà bạn đã đối chiếu."))
    return redirect("policies:posting_rules")
