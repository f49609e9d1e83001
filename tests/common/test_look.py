"""The look keeps its promises: contrast, weight, nothing inline, vendored files unchanged."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest

import danban

PACKAGE = Path(danban.__file__).parent
STATIC = PACKAGE / "common" / "static" / "danban"
READ_AS_TEXT = ("ink", "deep", "sun", "leaf", "dawn", "stone", "alert")
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))


def tokens(css: str, scheme: str) -> dict[str, str]:
    """The colour tokens of ``scheme`` (light or dark): name to #rrggbb; dark inherits from light."""
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css.split("@media")[0]))
    dark_block = css.split("(prefers-color-scheme: dark)")[1].split("@media")[0]
    return light if scheme == "light" else light | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark_block))


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance, 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_known_pairs():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("role", READ_AS_TEXT)
def test_every_role_reads_on_its_ground(scheme, ground, role):
    colours = tokens((STATIC / "public.css").read_text("utf-8"), scheme)
    assert contrast(colours[role], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_and_bars_are_seen(scheme):
    colours = tokens((STATIC / "public.css").read_text("utf-8"), scheme)
    assert contrast(colours["paper"], colours["deep"]) >= 4.5
    assert contrast(colours["sun-fill"], colours["paper"]) >= 3


def test_forced_colours_name_only_system_colours():
    css = (STATIC / "public.css").read_text("utf-8")
    block = css.split("(forced-colors: active)")[1].split("@media")[0]
    named = dict(re.findall(r"--([\w-]+): (\w+);", block))
    assert set(READ_AS_TEXT) | {"paper", "wash", "line", "sun-fill"} == set(named)
    assert set(named.values()) <= {"CanvasText", "Canvas", "LinkText", "Highlight"}


@pytest.mark.parametrize(
    ("name", "most"),
    [("public.css", 9_000), ("public.js", 3_000), ("officer.css", 9_000), ("officer.js", 3_000)],
)
def test_files_stay_light(name, most):
    assert len(gzip.compress((STATIC / name).read_bytes())) <= most


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_inline(template):
    html = template.read_text("utf-8")
    assert not re.search(r"<style|\sstyle\s*=|\son\w+\s*=|javascript:|hx-on[:-]", html, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html, re.IGNORECASE)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", html, re.IGNORECASE)


@pytest.mark.parametrize("folder", [STATIC, Path(__file__).parent.parent / "browser" / "vendor"])
def test_vendored_files_are_unchanged(folder):
    rows = re.findall(
        r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (folder / "VENDORED.md").read_text("utf-8"), re.MULTILINE
    )
    listed = dict(rows)
    assert listed == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listed}
    there = {
        str(p.relative_to(folder))
        for p in folder.rglob("*")
        if p.suffix in {".woff2", ".ttf"} or ".min." in p.name
    }
    assert there == set(listed)


def test_font_files_named_in_the_sheet_exist():
    named = re.findall(r'url\("([^"]+)"\)', (STATIC / "officer.css").read_text("utf-8"))
    assert len(named) == 6
    assert all((STATIC / name).is_file() for name in named)
