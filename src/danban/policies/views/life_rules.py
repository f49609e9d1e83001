"""The dated tables behind a dossier's life: what a move needs, who must be asked, within how many days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import me, requires
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.policies import actions, stage_queries
from danban.policies.forms import ConfirmRuleForm
from danban.policies.life_forms import ChosenForm, ConsulteeRuleForm, EndForm, ReplyTermForm, StageRuleForm
from danban.policies.models import ConsulteeRule, ReplyTerm, StageRule

# The word of a table in addresses: its rows, the form that adds one, the action that does.
TABLES: dict[str, tuple[type[Any], type[forms.Form], Callable[..., object]]] = {
    "buoc": (StageRule, StageRuleForm, actions.set_stage_rule),
    "co-quan": (ConsulteeRule, ConsulteeRuleForm, actions.set_consultee_rule),
    "thoi-han": (ReplyTerm, ReplyTermForm, actions.set_reply_term),
}


@requires(Permission.RULES_EDIT)
def life_rules(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("bang", "") if request.method == "POST" else ""
    made = {
        word: form_type(request.POST if word == asked else None, prefix=word)
        for word, (_rows, form_type, _action) in TABLES.items()
    }
    if asked in TABLES and made[asked].is_valid():
        try:
            TABLES[asked][2](by=me(request), **made[asked].cleaned_data)
            messages.success(request, _("Đã thêm quy định."))
            return redirect("policies:life_rules")
        except Refused as refusal:
            made[asked].add_error("valid_from", refusal.message)
    today = clock.today()

    def holds(rule: Any) -> bool:
        return rule.valid_to is None or rule.valid_to >= today

    every: dict[str, list[Any]] = {
        "buoc": list(stage_queries.stage_rules()),
        "co-quan": list(stage_queries.consultee_rules()),
        "thoi-han": list(stage_queries.reply_terms()),
    }
    context = {
        "stage_rules": [rule for rule in every["buoc"] if holds(rule)],
        "consultees": [rule for rule in every["co-quan"] if holds(rule)],
        "terms": [rule for rule in every["thoi-han"] if holds(rule)],
        "past": [rule for rules in every.values() for rule in rules if not holds(rule)],
        "stage_form": made["buoc"],
        "consultee_form": made["co-quan"],
        "term_form": made["thoi-han"],
        "form": made.get(asked),
    }
    refused = asked in TABLES and made[asked].errors
    return render(request, "policies/life_rules.html", context, status=422 if refused else 200)


@requires(Permission.RULES_EDIT)
def consultees(request: HttpRequest, pk: int) -> HttpResponse:
    """Which bodies of this province a rule means."""
    rule = get_object_or_404(ConsulteeRule, pk=pk)
    chosen = {"agencies": list(rule.agencies.values_list("pk", flat=True))}
    form = ChosenForm(request.POST if request.method == "POST" else None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        actions.choose_consultees(rule=rule, agencies=form.cleaned_data["agencies"], by=me(request))
        messages.success(request, _("Đã chọn cơ quan."))
        return redirect("policies:life_rules")
    context = {"rule": rule, "form": form}
    return render(request, "policies/consultees.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.RULES_EDIT)
def change_rule(request: HttpRequest, table: str, pk: int) -> HttpResponse:
    """Confirm a rule against the official text, or let it end."""
    if table not in TABLES:
        raise Http404
    rule = get_object_or_404(TABLES[table][0], pk=pk)
    confirming, ending = ConfirmRuleForm(request.POST), EndForm(request.POST)
    try:
        if "legal_basis" in request.POST and confirming.is_valid():
            actions.confirm_life_rule(rule=rule, by=me(request), **confirming.cleaned_data)
            messages.success(request, _("Đã ghi nhận: quy định này được đối chiếu với văn bản chính thức."))
        elif "last_day" in request.POST and ending.is_valid():
            actions.end_life_rule(rule=rule, by=me(request), **ending.cleaned_data)
            messages.success(request, _("Đã ghi ngày hết áp dụng."))
        else:
            messages.error(
                request, _("Chưa lưu được: ghi điều, khoản đã đối chiếu, hoặc ngày như 31/03/2026.")
            )
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("policies:life_rules")
