"""QR codes drawn here: nobody else learns what they say."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str) -> SafeString:
    """An address as an SVG picture of class "qr", which gives it its size."""
    buffer = io.BytesIO()
    segno.make(address, error="m").save(
        buffer,
        kind="svg",
        xmldecl=False,
        svgns=True,
        nl=False,
        border=2,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
    )
    return mark_safe(buffer.getvalue().decode())  # noqa: S308 - made by segno from our own address


def qr_squares(address: str) -> list[list[bool]]:
    """The dark squares, row by row, for a paper that draws them itself."""
    return [[bool(dark) for dark in row] for row in segno.make(address, error="m").matrix]
