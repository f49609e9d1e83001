"""What keeps an installation well: checks, the worker, tables, backups, the audit."""

from __future__ import annotations

import argparse
from pathlib import Path

from danban.cli.common import MakeParser, say, set_up_django


def add(command: MakeParser) -> None:
    """The words of these commands."""
    made = command(
        "check",
        check,
        "Kiểm tra cấu hình, cơ sở dữ liệu, nhật ký, tiến trình nền, thư, đĩa, đồng hồ; mã thoát 1 nếu hỏng.",
        "danban check\n  danban check --new-key >> .env",
    )
    made.add_argument("--new-key", action="store_true", help="in ra hai khóa mới cho một cài đặt mới")
    command(
        "worker",
        worker,
        "Chạy một tiến trình nền: gửi thư, sàng lọc, nối chuỗi nhật ký. Chạy bao nhiêu tiến trình cũng được.",
        "danban worker",
    )
    command("migrate", migrate, "Tạo hoặc nâng cấp các bảng dữ liệu và gom tệp giao diện.", "danban migrate")
    made = command(
        "backup", backup, "Sao lưu khi đang chạy: cơ sở dữ liệu, tệp, nhật ký.", "danban backup /mnt/sao-luu"
    )
    made.add_argument("folder", type=Path, help="thư mục nhận bản sao lưu")
    made = command(
        "audit", audit_verify, "Nhật ký: tìm mọi chỗ bị sửa, xóa, chèn, cắt.", "danban audit verify"
    )
    made.add_argument(
        "what", choices=["verify"], help="verify: kiểm tra toàn bộ chuỗi; mã thoát 1 nếu có chỗ sai"
    )


def check(arguments: argparse.Namespace) -> int:
    if arguments.new_key:
        import base64
        import secrets

        print(f"DANBAN_SECRET_KEY={secrets.token_urlsafe(64)}")
        print(f"DANBAN_CONTACT_KEY={base64.b64encode(secrets.token_bytes(32)).decode()}")
        return 0
    set_up_django()
    from danban.operations.checks import run_checks

    signs = {True: "✓", None: "!", False: "✗"}
    lines = list(run_checks())
    for line in lines:
        print(f"{signs[line.ok]} {line.what}: {line.found}")
    return 1 if any(line.ok is False for line in lines) else 0


def worker(_arguments: argparse.Namespace) -> int:
    set_up_django()
    from danban.operations.worker import run_until_signal

    run_until_signal()
    return 0


def migrate(_arguments: argparse.Namespace) -> int:
    set_up_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return 0


def backup(arguments: argparse.Namespace) -> int:
    set_up_django()
    from danban.operations.backup import make_backup

    folder = make_backup(arguments.folder)
    say(f"Đã sao lưu vào {folder}. Kiểm tra: cd {folder} && sha256sum -c SHA256SUMS")
    say("Hai khóa (DANBAN_SECRET_KEY, DANBAN_CONTACT_KEY) không nằm trong bản sao lưu: hãy cất riêng.")
    return 0


def audit_verify(_arguments: argparse.Namespace) -> int:
    set_up_django()
    from danban.audit.queries import verify

    count = 0
    for finding in verify():
        count += 1
        place = f"số {finding.seq}" if finding.seq is not None else "ngoài chuỗi"
        print(f"✗ {place}: {finding.fault.label} {finding.detail}".rstrip())
    print(f"{count} chỗ sai." if count else "✓ Nhật ký nguyên vẹn.")
    return 1 if count else 0
