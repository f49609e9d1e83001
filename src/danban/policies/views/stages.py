"""Where dossiers stand: the board of all, and one dossier's next step."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danban.accounts.guards import agencies_with, me, requires, within
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.policies import actions, life, queries, stage_queries
from danban.policies.life import Need
from danban.policies.life_forms import PROVINCIAL_TYPES, MoveForm
from danban.policies.models import Dossier
from danban.policies.states import DossierRole, Stage
from danban.policies.views.base import dossier_for

A_PAGE = 30
A_COLUMN = 6


@requires(Permission.DOSSIER_VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """Dossiers by stage, those longest there first; one stage whole when asked for."""
    asked = request.GET
    central, agency, stage = (
        asked.get("nhom") == "trung-uong",
        asked.get("co-quan", ""),
        asked.get("buoc", ""),
    )
    seen = agencies_with(request, Permission.DOSSIER_VIEW)
    rows = within(
        stage_queries.dossiers_living(
            document_type=asked.get("loai", ""),
            agency=whole(agency),
            central=central,
        ),
        seen,
    )
    sizes = stage_queries.stage_sizes(rows)
    context = {
        "section": "dossiers",
        "central": central,
        "today": clock.today(),
        "kinds": PROVINCIAL_TYPES,
        "agencies": within(queries.agencies_with_dossiers(), seen, "pk"),
        "asked": {"kind": asked.get("loai", ""), "agency": agency, "stage": stage},
    }
    if stage in Stage.values:
        pages = Paginator(stage_queries.at_stage(rows, stage), A_PAGE)
        pages.count = sizes.get(stage, 0)
        page = pages.get_page(asked.get("page"))
        context |= {"page": page, "stage": Stage(stage)}
    else:
        shown = stage_queries.at_each_stage(rows, A_COLUMN)
        context["columns"] = [
            (one, sizes[one], shown.get(one, []), sizes[one] - len(shown.get(one, [])))
            for one in Stage
            if sizes.get(one)
        ]
    return render(request, "policies/board.html", context)


@dataclass(frozen=True, slots=True)
class Step:
    """A stage a dossier may go to, and what it needs for that."""

    stage: Stage
    onward: bool
    needs: list[Need]

    @property
    def ready(self) -> bool:
        return all(need.met for need in self.needs)

    @property
    def barred(self) -> bool:
        """Something is missing that a rule read in the official text asks for."""
        return any(need.verified and not need.met for need in self.needs)


def step_to(dossier: Dossier, stage: Stage) -> Step:
    onward = life.goes_on(dossier.document_type, dossier.role, dossier.stage, stage)
    needs = stage_queries.needs_of(dossier, stage, clock.today()) if onward else []
    return Step(stage, onward, needs)


def steps_of(dossier: Dossier) -> list[Step]:
    """Where a dossier may go from here, onward first."""
    allowed = life.moves(dossier.document_type, dossier.role, dossier.stage)
    return [step_to(dossier, stage) for stage in allowed]


@requires(Permission.STAGE_MOVE)
def move(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """One move: what it needs, what was found, and the paper that carries it."""
    dossier = dossier_for(request, pk, Permission.STAGE_MOVE)
    if stage not in Stage.values:
        raise Http404
    posted = request.method == "POST"
    if not posted and stage not in life.moves(dossier.document_type, dossier.role, dossier.stage):
        messages.error(request, _("Bước này không còn chuyển được từ bước hiện tại."))
        return redirect("policies:dossier", pk)
    step = step_to(dossier, Stage(stage))
    form = MoveForm(
        request.POST if posted else None,
        may_lack=not step.ready and not step.barred,
        initial={"seen": dossier.stage},
    )
    if posted and form.is_valid():
        data = dict(form.cleaned_data)
        dossier.stage = data.pop("seen")
        try:
            actions.move_stage(dossier=dossier, to=stage, by=me(request), **{"despite": "", **data})
            messages.success(request, _("Đã chuyển sang bước “%(stage)s”.") % {"stage": Stage(stage).label})
            return redirect("policies:dossier", pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {
        "section": "dossiers",
        "dossier": dossier,
        "step": step,
        "form": form,
        "coordinates": dossier.role == DossierRole.COORDINATES,
    }
    return render(request, "policies/move.html", context, status=422 if form.errors else 200)
