"""How often one network may send one thing. Kept in this process: no query on the way."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

_KEPT = 20_000


def network_of(request: HttpRequest) -> str:
    """The sender's IPv4 /24 or IPv6 /56; never stored, never logged."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        address = forwarded[-settings.TRUSTED_PROXIES]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        # One socket on :: takes IPv4 too, and would put all of it into one network.
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network((parsed, prefix), strict=False))


class TokenBucket:
    """``rate`` tokens a minute for each key, at most ``rate`` at once."""

    def __init__(self) -> None:
        self._levels: OrderedDict[tuple[str, int], tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: tuple[str, int], rate: int, now: float | None = None) -> bool:
        """Take one token; False when none is left."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            level, at = self._levels.pop(key, (float(rate), moment))
            level = min(float(rate), level + (moment - at) * rate / 60)
            allowed = level >= 1
            self._levels[key] = (level - 1 if allowed else level, moment)
            if len(self._levels) > _KEPT:
                self._levels.popitem(last=False)
        return allowed
