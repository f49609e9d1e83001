"""Error pages: what happened and what to do, in plain words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danban.accounts.guards import public


@public
def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too large, cut off on the way, or no form at all."""
    return render(request, "400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
