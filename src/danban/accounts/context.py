"""What the officers' menu may offer: a link that leads to a refusal is no help."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from danban.accounts.guards import held_by
from danban.accounts.rules import may
from danban.accounts.states import Permission


def allowed(request: HttpRequest) -> dict[str, object]:
    """``allowed.comment_view`` and so on: permissions held anywhere. Read only where a template asks."""

    def permissions() -> dict[str, bool]:
        if not request.user.is_authenticated:
            return {}
        return {one.name.lower(): may(held_by(request), one) for one in Permission}

    return {"allowed": SimpleLazyObject(permissions)}
