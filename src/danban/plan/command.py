"""`danban plan import`: what a plan's file would become, or a draft plan made of it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from danban.plan.matching import Register
    from danban.plan.proposing import Proposal


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The words of the command; ``command`` makes a parser of (name, function, help, example)."""
    made = command(
        "plan",
        import_file,
        "Đọc kế hoạch từ tệp .docx hoặc .txt thành nhiệm vụ chờ xác nhận; --dry-run chỉ xem, không ghi gì.",
        "danban plan import ke-hoach.docx --dry-run --format json\n"
        "  danban plan import ke-hoach.docx --by an@tinh.gov.vn",
    )
    made.add_argument("what", choices=["import"])
    made.add_argument("file", type=Path, help="tệp .docx (có bảng nhiệm vụ hoặc lời văn) hoặc .txt")
    made.add_argument("--dry-run", action="store_true", help="in ra những gì sẽ tạo, không ghi gì")
    made.add_argument("--format", choices=["text", "json"], default="text", help="mặc định text")
    made.add_argument("--by", help="địa chỉ thư của người nhập; cần khi không có --dry-run")


def import_file(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused, 2 not understood. The file is read by the same gate as an upload."""
    if not arguments.dry_run and not arguments.by:
        print("Cần --by địa chỉ thư của người nhập, hoặc --dry-run để chỉ xem.", file=sys.stderr)
        return 2
    data = arguments.file.read_bytes()
    import django

    django.setup()
    if arguments.dry_run:
        return _show(data, arguments)
    return _make(data, arguments)


def _make(data: bytes, arguments: argparse.Namespace) -> int:
    from danban.accounts.models import User
    from danban.plan.actions import import_plan

    by = User.objects.filter(email__iexact=arguments.by, is_active=True).first()
    if by is None:
        print(f"Không có người dùng {arguments.by}.", file=sys.stderr)
        return 1
    plan = import_plan(data=data, file_name=arguments.file.name, by=by)
    doubtful = plan.tasks.exclude(doubts=[]).count()
    if arguments.format == "json":
        _print({"plan": plan.pk, "number": plan.number, "tasks": plan.tasks.count(), "doubtful": doubtful,
                "unused": len(plan.unused)})  # fmt: skip
    else:
        print(f"Đã tạo kế hoạch nháp {plan.number} với {plan.tasks.count()} nhiệm vụ chờ xác nhận, "
              f"{doubtful} chỗ cần xem. Mở trang Kế hoạch để xác nhận.")  # fmt: skip
    return 0


def _show(data: bytes, arguments: argparse.Namespace) -> int:
    from danban.common import clock
    from danban.plan.actions.importing import read_file
    from danban.plan.proposing import plan_days, propose
    from danban.policies.secrecy import Level

    reading = read_file(data, arguments.file.name)
    if reading["verdict"] == Level.BLOCK:
        print("Tệp có dấu hiệu là tài liệu bí mật nhà nước nên không được đọc; không có gì được giữ lại.",
              file=sys.stderr)  # fmt: skip
        return 1
    register = _register()
    facts = reading["document"]
    first, last = plan_days(facts, clock.today())
    day = dt.date.fromisoformat(facts["issued_on"]) if facts["issued_on"] else first
    year = first.year if first.year == last.year else None
    made = [propose(one, register, day=day, year=year) for one in reading["tasks"]]
    if arguments.format == "json":
        _print(_as_json(reading, made, register))
    else:
        _tell(reading, made, register)
    return 0


def _register() -> Register:
    """The agencies, or none where there is no database yet; one is not made by looking."""
    from django.db import Error, connection

    from danban.plan.matching import Register
    from danban.plan.queries.documents import register

    name = connection.settings_dict["NAME"]
    if isinstance(name, Path) and not name.exists():
        return Register({})
    try:
        return register()
    except Error:
        return Register({})


def _as_json(reading: Mapping[str, Any], made: list[Proposal], register: Register) -> dict[str, Any]:
    """The keys of the programme first; the others may grow."""
    return {
        "tasks": [_task(one, register) for one in made],
        "unused": [one["words"] for one in reading["unused"]],
        "document": reading["document"] | {"doubts": [*reading["document"]["doubts"], *reading["reasons"]]},
        "agencies_matched": bool(register.bodies),
        "unused_why": [one["why"] for one in reading["unused"]],
        "notes": reading["notes"],
    }


def _task(one: Proposal, register: Register) -> dict[str, Any]:
    from danban.plan.reading.bodies import plain_name

    read = one.read
    return {
        "section": read["section"],
        "content": read["content"],
        "lead": [plain_name(name) for name in read["lead"]],
        "coordinating": [plain_name(name) for name in read["coordinating"]],
        "deadline": read["timing"],
        "product": read["product"],
        "doubts": list(one.doubts),
        "section_number": read["section_number"],
        "number": read["number"],
        "parent": read["parent"],
        "starts_on": one.starts_on.isoformat() if one.starts_on else None,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "cadence": one.cadence,
        "budget": read["budget"],
        "note": read["note"],
        "agencies": [
            {"part": who.part, "named_as": who.named_as,
             "agency": register.bodies[who.agency].name if who.agency else None}
            for who in one.carriers
        ],
        "words": read["words"],
    }  # fmt: skip


def _tell(reading: Mapping[str, Any], made: list[Proposal], register: Register) -> None:
    facts = reading["document"]
    print(f"{facts['number'] or '(chưa rõ số)'}, {facts['issued_on'] or 'chưa rõ ngày'}: {facts['title']}")
    for doubt in [*facts["doubts"], *reading["reasons"], *reading["notes"]]:
        print(f"  ? {doubt}")
    if not register.bodies:
        print("  ? Chưa có danh bạ cơ quan nên chưa khớp được tên cơ quan nào.")
    section = ""
    for place, one in enumerate(made, start=1):
        read = one.read
        if read["section"] != section:
            section = read["section"]
            print(f"\n{read['section_number']} {section}".rstrip())
        print(f"{place:>3}. {read['content']}")
        for label, words in (
            ("chủ trì", "; ".join(read["lead"])), ("phối hợp", "; ".join(read["coordinating"])),
            ("thời gian", read["timing"]), ("sản phẩm", read["product"]),
        ):  # fmt: skip
            if words:
                print(f"     {label}: {words}")
        for doubt in one.doubts:
            print(f"     ? {doubt}")
    print(f"\nKhông thành nhiệm vụ ({len(reading['unused'])}):")
    for left in reading["unused"]:
        print(f"  - {left['words']}  [{left['why']}]")


def _print(answer: Mapping[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1))
