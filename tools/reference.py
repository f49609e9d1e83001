"""Writes docs/reference/ from the code (`make reference`); a test fails when the pages are stale."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
_MADE = "<!-- Trang này do `make reference` viết ra từ mã nguồn; đừng sửa bằng tay. -->"


def pages() -> dict[str, str]:
    """Every page by its file name. Needs Django set up."""
    from django.utils import translation

    with translation.override("vi"):
        return {
            "settings.md": settings_page(),
            "permissions.md": permissions_page(),
            "states.md": states_page(),
            "audit.md": audit_page(),
        }


def settings_page() -> str:
    from danban.settings.env import VARIABLES

    rows = [
        (
            f"`{one.name}`",
            "bắt buộc khi vận hành thật" if one.default is None else _code(one.default),
            one.help,
        )
        for one in VARIABLES.values()
    ]
    return _page(
        "Biến môi trường",
        "Mọi cấu hình từ bên ngoài. Thiếu biến bắt buộc hoặc sai kiểu thì hệ thống không khởi động, "
        "và nói rõ vì sao.",
        _table(("Biến", "Mặc định", "Ý nghĩa"), rows),
    )


def permissions_page() -> str:
    from danban.accounts.rules import EVERYWHERE, ROLE_PERMISSIONS
    from danban.accounts.states import Permission, Role

    roles = list(Role)
    rows = [
        (f"`{permission.value}`", *("✓" if permission in ROLE_PERMISSIONS[role] else "" for role in roles))
        for permission in Permission
    ]
    everywhere = ", ".join(f"**{role.label}**" for role in roles if role in EVERYWHERE)
    return _page(
        "Vai trò và quyền",
        "Một vai trò được giao trong một cơ quan, và quyền chỉ có hiệu lực với hồ sơ của cơ quan ấy. "
        f"Riêng {everywhere} thấy mọi cơ quan. Người soạn không tự duyệt: duyệt luôn cần người thứ hai.",
        _table(("Quyền", *(f"{role.label} (`{role.value}`)" for role in roles)), rows),
    )


def states_page() -> str:
    parts = []
    for app, module in _states_modules():
        for name, moves in sorted(vars(module).items()):
            if name.endswith("_MOVES"):
                parts.append(f"## {type(next(iter(moves))).__name__} ({app})\n\n{_moves_table(moves)}")
    return _page(
        "Trạng thái và các bước chuyển",
        "Chỉ những bước chuyển có trong bảng là được phép.",
        "\n\n".join(parts),
    )


def audit_page() -> str:
    rows = [
        (f"`{act.value}`", f"`danban.{app}`") for app, module in _states_modules() for act in _acts(module)
    ]
    return _page(
        "Việc được ghi vào nhật ký",
        "Mỗi mục gồm: thời điểm, ai làm (`user:số`, `citizen` hoặc `system`), việc gì, "
        "trên những dòng dữ liệu nào. Không có tên người, địa chỉ hay nội dung góp ý.",
        _table(("Việc", "Nơi ghi"), sorted(rows)),
    )


def _states_modules() -> Iterable[tuple[str, ModuleType]]:
    for path in sorted((ROOT / "src" / "danban").glob("*/states.py")):
        yield path.parent.name, importlib.import_module(f"danban.{path.parent.name}.states")


def _acts(module: ModuleType) -> Iterable[StrEnum]:
    return iter(getattr(module, "Act", ()))


def _moves_table(moves: Mapping[Any, Iterable[Any]]) -> str:
    rows = []
    for state, following in moves.items():
        names = [f"{after.label} (`{after.value}`)" for after in type(state) if after in set(following)]
        rows.append((f"{state.label} (`{state.value}`)", ", ".join(names) or "hết, không đổi nữa"))
    return _table(("Từ", "Có thể sang"), rows)


def _page(title: str, lead: str, body: str) -> str:
    return f"{_MADE}\n\n# {title}\n\n{lead}\n\n{body}\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def _code(value: str) -> str:
    return f"`{value}`" if value else "trống"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danban.settings.test")
    import django

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
