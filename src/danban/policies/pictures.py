"""A picture drawn anew, without the place and the device it tells. Runs in the sandbox."""

from __future__ import annotations

import base64
import io
import warnings
from typing import Any

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000


def drawn_anew(data: bytes, kind: str) -> dict[str, Any]:
    """``{"data"}`` in base64, or ``{"refused"}``, a sentence."""
    broken = {"refused": "Ảnh bị hỏng hoặc quá lớn, không mở được. Hãy chụp hoặc lưu lại rồi tải lên."}
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=["PNG" if kind == "png" else "JPEG"]) as picture:
            fresh = io.BytesIO()
            turned = _upright(picture)
            if kind == "png":
                turned.save(fresh, "PNG")
            else:
                turned.convert("RGB").save(fresh, "JPEG", quality=88)
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning, SyntaxError):
        return broken
    return {"data": base64.b64encode(fresh.getvalue()).decode()}


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as its camera says, with its colours and nothing else of what it carried."""
    turned = ImageOps.exif_transpose(picture)
    bare = Image.new(turned.mode, turned.size)
    if turned.palette:
        bare.putpalette(turned.palette)
    bare.paste(turned)
    return bare
