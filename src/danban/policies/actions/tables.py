"""A table that an officer brings in passes the gates of every upload, whatever app keeps its rows."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.common import sandbox, sheets, uploads
from danban.policies import secrecy
from danban.policies.actions.secrets import refuse_secret


def rows_of_table(*, data: bytes, file_name: str, by: User) -> list[tuple[int, list[str]]]:
    """(row number, cells) of an .xlsx or .csv.

    Raises UploadRefused (no such file, unreadable, too long) or SecretRefused (a cell bears a mark of a
    state secret: the whole file stays out).
    """
    kind = uploads.check(data, file_name, kinds=uploads.TABLES)
    try:
        table = sandbox.run(sheets.read_table, data, kind=kind.value)
    except sandbox.SandboxFailed as error:
        raise uploads.UploadRefused(
            _("Không đọc được bảng trong tệp này. Hãy chép các dòng vào tệp mẫu rồi tải lại.")
        ) from error
    if table["cut"]:
        raise uploads.UploadRefused(
            _("Tệp có hơn %(n)d dòng. Hãy chia thành nhiều tệp.") % {"n": sheets.MOST_ROWS}
        )
    rows = sheets.numbered(table["rows"])
    verdict = secrecy.judge([cell for _number, cells in rows for cell in cells if cell])
    if verdict.level is secrecy.Level.BLOCK:
        refuse_secret(by, verdict.reasons)
    return rows
