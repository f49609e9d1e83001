"""Opening a dossier and keeping what it says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common.errors import Refused
from danban.common.text import clean, fold
from danban.policies import queries
from danban.policies.models import Dossier
from danban.policies.rules import (
    FIXED_ONCE_RELEASED,
    PLAIN_LINES,
    FixedOnceReleased,
    check_title,
    free_slug,
    slug_base,
)
from danban.policies.states import Act

EDITABLE = ("title", "field", "started_on", *FIXED_ONCE_RELEASED, *PLAIN_LINES)


def open_dossier(
    *,
    title: str,
    document_type: str,
    issuing_body: Agency,
    agency: Agency,
    role: str,
    field: str,
    started_on: dt.date,
    about: str,
    affected: str,
    changes: str,
    question: str,
    by: User,
) -> Dossier:
    """A new dossier with an address of its own; Refused for an empty title or one the agency has already."""
    dossier = Dossier(
        title=_one_line(title), document_type=document_type, issuing_body=issuing_body, agency=agency,
        role=role, field=field, started_on=started_on, created_by=by,
        about=clean(about), affected=clean(affected), changes=clean(changes), question=clean(question),
    )  # fmt: skip
    check_title(dossier.title)
    same = _("Cơ quan đã có một hồ sơ cùng tên. Hãy mở hồ sơ đó, hoặc đặt tên khác.")
    if Dossier.objects.filter(title=dossier.title, agency=agency).exists():
        raise Refused(same)
    dossier.search_text = _searchable(dossier)
    base = slug_base(dossier.title)
    dossier.slug = free_slug(base, queries.slugs_like(base))
    try:
        with transaction.atomic():
            dossier.save()
            record(Act.DOSSIER_OPENED, actor=actor_name(by), rows=[dossier], agency=agency.pk)
    except IntegrityError as error:
        raise Refused(same) from error
    return dossier


def edit_dossier(*, dossier: Dossier, by: User, **fields: Any) -> Dossier:
    """Change what a dossier says of itself; its address stays. Nothing is recorded when nothing changed.

    Once a version was released, its drafter no longer changes what rules, figures and powers hang on.
    """
    return _edit(Act.DOSSIER_EDITED, dossier, by, fields, EDITABLE)


def reassign_dossier(*, dossier: Dossier, by: User, **fields: Any) -> Dossier:
    """Sở Tư pháp corrects the type, the role or the bodies of a dossier, also after its first release."""
    return _edit(Act.DOSSIER_REASSIGNED, dossier, by, fields, FIXED_ONCE_RELEASED)


@transaction.atomic
def _edit(act: Act, dossier: Dossier, by: User, fields: dict[str, Any], editable: Collection[str]) -> Dossier:
    unknown = set(fields) - set(editable)
    if unknown:
        raise TypeError(f"a dossier has no {', '.join(sorted(unknown))} to edit")
    values = {name: _tidied(name, value) for name, value in fields.items()}
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("agency", "issuing_body")
        .get(pk=dossier.pk)
    )
    changed = sorted(name for name, value in values.items() if getattr(dossier, name) != value)
    if not changed:
        return dossier
    if act == Act.DOSSIER_EDITED and not set(FIXED_ONCE_RELEASED).isdisjoint(changed):
        _refuse_released(dossier)
    for name in changed:
        setattr(dossier, name, values[name])
    dossier.search_text = _searchable(dossier)
    dossier.save(update_fields=[*changed, "search_text"])
    record(act, actor=actor_name(by), rows=[dossier], fields=changed)
    return dossier


def _refuse_released(dossier: Dossier) -> None:
    if queries.released_versions(dossier).exists():
        raise FixedOnceReleased(
            _(
                "Đã công bố dự thảo nên loại văn bản, vai trò, cơ quan ban hành và cơ quan chủ trì soạn thảo "
                "chỉ Sở Tư pháp đổi được. Hãy đề nghị Sở Tư pháp; các ô khác vẫn sửa được."
            )
        )


def _tidied(name: str, value: Any) -> Any:
    if name == "title":
        title = _one_line(value)
        check_title(title)
        return title
    return clean(value) if name in PLAIN_LINES else value


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _searchable(dossier: Dossier) -> str:
    names = (dossier.title, dossier.about, dossier.affected, dossier.agency.name, dossier.issuing_body.name)
    return fold(" ".join(" ".join(names).split()))
