"""`danban up` and `danban demo`: the site started and watched, the made-up province made anew."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from danban.cli.common import MakeParser, data_folder, say, set_up_django

STAGES = ("drafting", "open", "closed", "answered")


def add(command: MakeParser) -> None:
    """The words of these commands."""
    made = command(
        "up",
        up,
        "Chạy cả hệ thống: trang web, tiến trình nền và việc định kỳ. Lần đầu tự dựng dữ liệu trình diễn.",
        "danban up --port 8080\n  DANBAN_MODE=production danban up --host 127.0.0.1 --workers 2",
    )
    made.add_argument(
        "--host", default="localhost", help="localhost (mặc định, IPv4 và IPv6), :: là mọi địa chỉ"
    )
    made.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT") or 8000), help="cổng, mặc định 8000"
    )
    made.add_argument("--workers", type=int, default=1, help="số tiến trình web trên mỗi địa chỉ, mặc định 1")
    made = command(
        "demo",
        demo,
        "Dựng lại tỉnh trình diễn ở một thời điểm của hồ sơ (xóa dữ liệu trình diễn cũ).",
        "danban demo --stage answered && danban up",
    )
    made.add_argument(
        "--stage",
        choices=STAGES,
        default="open",
        help="drafting: đang soạn; open: đang lấy ý kiến; closed: đã hết hạn; answered: đã trả lời",
    )


def up(arguments: argparse.Namespace) -> int:
    from danban.operations import serve

    data = data_folder()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    hosts = serve.addresses(arguments.host)
    serve.refuse_if_busy(hosts, arguments.port)
    serve.hold_folder(data)
    code = _prepare_apart()
    if code:
        return code
    children = serve.children_for(hosts, arguments.port, arguments.workers)
    return serve.Supervisor(children, say).run(
        ready=lambda: all(serve.answers(host, arguments.port) for host in hosts),
        announce=lambda: _announce(arguments),
    )


def _prepare_apart() -> int:
    """In a process of its own, so that this one need not carry Django for as long as the site runs."""
    from danban.operations.prepare import is_prepared

    if is_prepared(data_folder()):
        return 0
    say("Đang chuẩn bị cơ sở dữ liệu và giao diện (chỉ lần đầu hoặc sau khi nâng cấp)…")
    return subprocess.run([sys.executable, "-m", "danban", "prepare"]).returncode


def _announce(arguments: argparse.Namespace) -> None:
    from danban.operations.prepare import demo_people

    host = "localhost" if arguments.host in ("localhost", "::", "0.0.0.0") else arguments.host  # noqa: S104
    address = f"http://[{host}]:{arguments.port}" if ":" in host else f"http://{host}:{arguments.port}"
    say(f"\nDân Bàn đang chạy. Dừng bằng Ctrl-C. Tệp nằm ở {data_folder()}.\n")
    say(f"  {address}/          trang của người dân (tiếng Anh: {address}/en/)")
    say(f"  {address}/can-bo/   bàn làm việc của cán bộ\n")
    people = demo_people(data_folder())
    if people:
        say(people)
        say(
            "Hãy thử: mở một dự thảo, đọc theo điều, gửi một góp ý và giữ mã biên nhận;\n"
            "rồi đăng nhập, gom góp ý ấy vào một vấn đề, viết trả lời, và nhờ người thứ hai duyệt.\n"
            "Xem thời điểm khác của hồ sơ: danban demo --stage answered"
        )


def demo(arguments: argparse.Namespace) -> int:
    from danban.operations import prepare, serve

    if os.environ["DANBAN_MODE"] != "demo" or os.environ.get("DANBAN_DATABASE"):
        print(
            "danban demo làm lại dữ liệu từ đầu, nên chỉ chạy ở chế độ demo với SQLite "
            "(không đặt DANBAN_DATABASE).",
            file=sys.stderr,
        )
        return 1
    data = data_folder()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    serve.hold_folder(data)
    prepare.forget_demo(data)
    set_up_django()
    prepare.prepare(lambda: _load_demo(arguments.stage))
    say(f"Đã dựng tỉnh trình diễn ở giai đoạn {arguments.stage} trong {data}.")
    say("Bắt đầu bằng: danban up (hoặc make run)\n")
    say(prepare.demo_people(data))
    return 0


def prepare_site(arguments: argparse.Namespace) -> int:
    from danban.operations.prepare import prepare

    set_up_django()
    prepare(lambda: _load_demo(arguments.stage))
    return 0


def _load_demo(stage: str) -> str:
    from danban.demo.load import PASSWORD, load

    load(stage)
    return PASSWORD
