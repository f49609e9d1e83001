"""The receipt: what was said, where it stands, and later the answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from danban.accounts.guards import public
from danban.answers.queries import answer_to
from danban.answers.render import reason_html
from danban.common import clock
from danban.common.qr import qr_svg
from danban.consultation import queries, rules
from danban.consultation.context import words_read
from danban.consultation.places import place_in_words


@public
@cache_control(private=True, no_cache=True)
def find(request: HttpRequest) -> HttpResponse:
    """Look a receipt up by its code, however it was typed."""
    typed = request.GET.get("ma", "").strip()
    if not typed:
        return render(request, "portal/find_receipt.html", {"typed": ""})
    code = rules.parse_code(typed)
    if code and queries.by_code(code):
        return redirect("portal:receipt", code=code)
    error = _("Không tìm thấy mã này. Mã gồm 16 chữ và số, in trên biên nhận.")
    return render(request, "portal/find_receipt.html", {"typed": typed, "error": error}, status=404)


@public
@cache_control(private=True, no_cache=True)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind a code. It never shows contact data."""
    parsed = rules.parse_code(code)
    comment = queries.by_code(parsed) if parsed else None
    if comment is None or parsed is None:
        error = _("Không tìm thấy mã này. Mã gồm 16 chữ và số, in trên biên nhận.")
        return render(request, "portal/find_receipt.html", {"typed": code, "error": error}, status=404)
    answer = answer_to(comment)
    response = render(
        request,
        "portal/receipt.html",
        {
            "comment": comment,
            "window": comment.window,
            "dossier": comment.window.dossier,
            "code": parsed,
            "answer": answer,
            "answer_html": reason_html(answer.reason) if answer else "",
            "words": words_read(comment),
            "place": place_in_words(comment.provision) if comment.provision else "",
            "today": clock.today(),
            "qr": qr_svg(request.build_absolute_uri(reverse("portal:receipt", args=[parsed]))),
        },
    )
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
