"""How often one network may comment on one dossier."""

from __future__ import annotations

from danban.common.throttle import TokenBucket

comments = TokenBucket()
