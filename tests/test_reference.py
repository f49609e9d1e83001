"""The pages of reference say what the code says."""

from __future__ import annotations

import pytest

from danban.accounts.states import Permission, Role
from danban.settings.env import VARIABLES
from tools.reference import FOLDER, pages


@pytest.mark.parametrize("name", ["settings.md", "permissions.md", "states.md", "audit.md"])
def test_the_page_is_fresh(name):
    kept = (FOLDER / name).read_text(encoding="utf-8")
    assert kept == pages()[name], "run: make reference"


def test_no_page_lies_there_that_nothing_writes():
    assert {path.name for path in FOLDER.glob("*.md")} == set(pages())


def test_everything_is_named():
    made = pages()
    assert all(f"`{name}`" in made["settings.md"] for name in VARIABLES)
    assert all(f"`{one.value}`" in made["permissions.md"] for one in [*Permission, *Role])
    for words in ("VersionState", "CommentState", "AnswerState"):
        assert f"## {words} (" in made["states.md"]
    for act in ("user.signed-in", "comment.received", "answer.released", "job.retried", "report.exported"):
        assert f"`{act}`" in made["audit.md"]
