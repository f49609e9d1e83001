"""Queries and CPU of single requests, inside one process (see web.py)."""

from __future__ import annotations

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from danban.accounts.models import User  # noqa: E402
from danban.common.tokens import new_token  # noqa: E402
from danban.consultation.models import Window  # noqa: E402

SLUG = "du-thao-do-toc-do"


def queries(client: Client, address: str, data: dict[str, str] | None = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, data) if data else client.get(address)
    if answer.status_code != (302 if data else 200):
        raise SystemExit(f"{address}: {answer.status_code}")
    return len(captured)


def main() -> None:
    window = Window.objects.get()
    citizen, officer = Client(), Client()
    officer.force_login(
        User.objects.get(email="soan@do.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    whole = reverse("portal:whole", args=[SLUG])
    citizen.get(whole)
    print("whole", queries(citizen, whole))
    provision = window.version.provisions.order_by("position").first()
    form = {"step": "gui", "text": "Tôi đồng ý.", "commenter_kind": "person", "token": new_token()}
    print("post", queries(citizen, reverse("portal:comment", args=[window.pk, provision.pk]), form))
    inbox = reverse("consultation:inbox", args=[window.pk])
    officer.get(inbox)
    print("inbox", queries(officer, inbox))
    began = time.process_time()
    for _ in range(30):
        officer.get(inbox)
    print("inbox_cpu", (time.process_time() - began) / 30 * 1000)


if __name__ == "__main__":
    main()
