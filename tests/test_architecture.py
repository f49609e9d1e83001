"""The house keeps its order: imports, foreign keys, writes, routes."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver

from danban.accounts.states import Permission

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "danban"
LAYERS = [
    "common",
    "audit",
    "accounts",
    "policies",
    "plan",
    "training",
    "consultation",
    "council",
    "answers",
    "reports",
    "operations",
    "portal",
    "demo",
]

# The pages of django-allauth decide for themselves who may see them; the rest is Django's own.
NOT_OURS = ("allauth.", "django.")


def test_imports_keep_their_direction():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_lawtext_runs_where_django_is_not_to_be_had():
    code = "import sys; sys.modules['django'] = None; import danban.lawtext"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert done.returncode == 0, done.stderr


def test_foreign_keys_point_downward():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("danban.")}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.app_label in ours
        if LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(model._meta.app_label)
    ]
    assert upward == []


def _routes(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback
        else:
            yield from _routes(pattern.url_patterns, prefix + str(pattern.pattern))


def test_every_route_names_its_permission_or_says_it_is_public():
    unmarked, seen = [], 0
    for route, view in _routes(get_resolver().url_patterns):
        if view.__module__.startswith(NOT_OURS):
            continue
        seen += 1
        permission = getattr(view, "permission", "unmarked")
        if permission == "unmarked" or not (permission is None or permission in set(Permission)):
            unmarked.append(route)
        elif permission is None and "can-bo/" in route:
            unmarked.append(f"{route} is public among the officers' pages")
    assert unmarked == []
    assert seen > 20


WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
MAY_WRITE = {"actions.py"}


def _writes(path: Path) -> list[int]:
    """Lines that call a writing method on what looks like a manager or a queryset."""
    calls = (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and _on_rows(call)
    ]


def _on_rows(call: ast.Call) -> bool:
    bare_save = call.func.attr == "save" and not call.args and not call.keywords
    return bare_save or "objects" in ast.unparse(call.func.value)


@pytest.mark.parametrize("app", [layer for layer in LAYERS if layer not in ("common", "demo")])
def test_only_actions_write(app):
    found = {
        f"{path.relative_to(SOURCE)}:{line}"
        for path in (SOURCE / app).rglob("*.py")
        if path.name not in MAY_WRITE and "migrations" not in path.parts and "actions" not in path.parts
        for line in _writes(path)
    }
    assert found == set()


def test_no_model_overrides_save_and_nothing_listens_to_signals():
    for path in SOURCE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "post_save" not in source, path
        assert "pre_save" not in source, path
        if path.name == "models.py":
            assert "def save(" not in source, path
