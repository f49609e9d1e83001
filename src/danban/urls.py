"""All addresses. Officers' screens stand under /can-bo/; everything else is the citizens'."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from danban.operations.views import health

urlpatterns: list[URLPattern | URLResolver] = [path("suc-khoe", health, name="health")]
urlpatterns += i18n_patterns(
    path("can-bo/tai-khoan/", include("danban.accounts.sign_in_urls")),
    path("can-bo/", include("danban.accounts.urls")),
    path("can-bo/", include("danban.policies.urls")),
    path("can-bo/", include("danban.plan.urls")),
    path("can-bo/", include("danban.training.urls")),
    path("can-bo/", include("danban.consultation.urls")),
    path("can-bo/", include("danban.council.urls")),
    path("can-bo/", include("danban.answers.urls")),
    path("can-bo/", include("danban.reports.urls")),
    path("can-bo/", include("danban.operations.urls")),
    path("", include("danban.plan.public_urls")),
    path("", include("danban.training.public_urls")),
    path("", include("danban.portal.urls")),
    prefix_default_language=False,
)

handler400 = "danban.portal.errors.not_understood"
handler403 = "danban.portal.errors.forbidden"
handler404 = "danban.portal.errors.not_found"
handler500 = "danban.portal.errors.broken"
