"""The command `danban`. A subcommand reads its words, calls the action, and says what became of it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from danban.cli import care, records, site
from danban.cli.common import Command, data_folder
from danban.plan import command as plan

MODES = ("demo", "production")


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 well, 1 refused or found wrong, 2 not understood."""
    words = sys.argv[1:] if words is None else list(words)
    if words[:1] == ["lawtext"]:
        from danban.lawtext.command import main as lawtext

        return lawtext(words[1:])
    arguments = _parser().parse_args(words)
    _settle_environment()
    run: Command = arguments.run
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except _refusals() as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OSError as error:
        if error.filename is None:
            raise
        print(f"Không mở được {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1


def _refusals() -> tuple[type[Exception], ...]:
    from django.core.exceptions import ImproperlyConfigured

    from danban.common.errors import Refused
    from danban.operations.serve import CannotServe

    return (Refused, CannotServe, ImproperlyConfigured)


def _settle_environment() -> None:
    """The folder as an absolute path and the settings of the mode, for us and for the processes we start."""
    os.environ["DANBAN_DATA"] = str(data_folder())
    mode = os.environ.setdefault("DANBAN_MODE", "demo")
    if mode not in MODES:
        print(f"DANBAN_MODE phải là một trong: {', '.join(MODES)}.", file=sys.stderr)
        raise SystemExit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"danban.settings.{mode}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="danban",
        description="Dân Bàn: đưa dự thảo chính sách đến người dân, nhận góp ý, trả lời từng góp ý.",
        epilog="Bắt đầu: danban up. Mỗi lệnh có hướng dẫn riêng, ví dụ: danban up --help. "
        "Chế độ chọn bằng DANBAN_MODE=demo|production, thư mục dữ liệu bằng DANBAN_DATA.",
    )
    commands = parser.add_subparsers(title="lệnh", metavar="LỆNH", required=True)

    def command(name: str, run: Command, help_: str, example: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=help_,
            description=help_,
            epilog=f"Ví dụ:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        return made

    for subject in (site, care, records, plan):
        subject.add(command)
    # What `up` asks for in a process of its own; nobody needs to know it.
    commands.add_parser("prepare").set_defaults(run=site.prepare_site, stage="open")
    commands.add_parser("lawtext", help="Đọc, so sánh văn bản pháp luật (danban lawtext --help)")
    return parser
