"""A file is read in the sandbox, and goes no further when it cannot be read or bears a mark of a secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.common import sandbox, uploads
from danban.policies.actions.secrets import refuse_secret
from danban.policies.secrecy import Level


def read_apart(function: Callable[..., dict[str, Any]], data: bytes, **values: Any) -> dict[str, Any]:
    """The answer of a reader, which says what it refused. Raises UploadRefused."""
    try:
        reading: dict[str, Any] = sandbox.run(function, data, **values)
    except sandbox.SandboxFailed as error:
        raise uploads.UploadRefused(
            _("Không đọc được tệp này: tệp quá phức tạp hoặc bị hỏng. Hãy lưu lại thành tệp mới rồi tải lên.")
        ) from error
    if reading["refused"]:
        raise uploads.UploadRefused(reading["refused"])
    return reading


def read_and_pass(
    function: Callable[..., dict[str, Any]], data: bytes, *, by: User, **values: Any
) -> dict[str, Any]:
    """The same of a reader that judges secrecy. Raises SecretRefused too: audited, and nothing is kept."""
    reading = read_apart(function, data, **values)
    if reading["verdict"] == Level.BLOCK:
        refuse_secret(by, reading["reasons"])
    return reading
