"""The command `danban`. A subcommand reads its words, calls the action, and says what became of it."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from danban.plan import command as plan_command

STAGES = ("drafting", "open", "closed", "answered")
MODES = ("demo", "production")
ROLES = ("drafter", "approver", "officer", "justice", "leader", "viewer", "admin")

Command = Callable[[argparse.Namespace], int]


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


def _refusals() -> tuple[type[Exception], ...]:
    from django.core.exceptions import ImproperlyConfigured

    from danban.common.errors import Refused
    from danban.operations.serve import CannotServe

    return (Refused, CannotServe, ImproperlyConfigured)


def _settle_environment() -> None:
    """The folder as an absolute path and the settings of the mode, for us and for the processes we start."""
    os.environ["DANBAN_DATA"] = str(_data())
    mode = os.environ.setdefault("DANBAN_MODE", "demo")
    if mode not in MODES:
        print(f"DANBAN_MODE phải là một trong: {', '.join(MODES)}.", file=sys.stderr)
        raise SystemExit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"danban.settings.{mode}")


def _data() -> Path:
    return Path(os.environ.get("DANBAN_DATA") or ".data").expanduser().absolute()


def _django() -> None:
    import django

    django.setup()


# --- up, demo ---------------------------------------------------------------------------------


def up(arguments: argparse.Namespace) -> int:
    from danban.operations import serve

    data = _data()
    data.mkdir(parents=True, exist_ok=True)
    hosts = serve.addresses(arguments.host)
    serve.refuse_if_busy(hosts, arguments.port)
    serve.hold_folder(data)
    code = _prepare_apart()
    if code:
        return code
    children = serve.children_for(hosts, arguments.port, arguments.workers)
    return serve.Supervisor(children, _say).run(
        ready=lambda: all(serve.answers(host, arguments.port) for host in hosts),
        announce=lambda: _announce(arguments),
    )


def _prepare_apart() -> int:
    """In a process of its own, so that this one need not carry Django for as long as the site runs."""
    import subprocess

    from danban.operations.prepare import is_prepared

    if is_prepared(_data()):
        return 0
    _say("Đang chuẩn bị cơ sở dữ liệu và giao diện (chỉ lần đầu hoặc sau khi nâng cấp)…")
    return subprocess.run([sys.executable, "-m", "danban", "prepare"]).returncode


def _announce(arguments: argparse.Namespace) -> None:
    from danban.operations.prepare import demo_people

    host = "localhost" if arguments.host in ("localhost", "::", "0.0.0.0") else arguments.host  # noqa: S104
    address = f"http://[{host}]:{arguments.port}" if ":" in host else f"http://{host}:{arguments.port}"
    _say(f"\nDân Bàn đang chạy. Dừng bằng Ctrl-C. Tệp nằm ở {_data()}.\n")
    _say(f"  {address}/          trang của người dân (tiếng Anh: {address}/en/)")
    _say(f"  {address}/can-bo/   bàn làm việc của cán bộ\n")
    people = demo_people(_data())
    if people:
        _say(people)
        _say(
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
    data = _data()
    data.mkdir(parents=True, exist_ok=True)
    serve.hold_folder(data)
    prepare.forget_demo(data)
    _django()
    prepare.prepare(lambda: _load_demo(arguments.stage))
    _say(f"Đã dựng tỉnh trình diễn ở giai đoạn {arguments.stage} trong {data}.")
    _say("Bắt đầu bằng: danban up (hoặc make run)\n")
    _say(prepare.demo_people(data))
    return 0


def prepare_site(arguments: argparse.Namespace) -> int:
    from danban.operations.prepare import prepare

    _django()
    prepare(lambda: _load_demo(arguments.stage))
    return 0


def _load_demo(stage: str) -> str:
    from danban.demo.load import PASSWORD, load

    load(stage)
    return PASSWORD


# --- running it -------------------------------------------------------------------------------


def check(arguments: argparse.Namespace) -> int:
    if arguments.new_key:
        import base64
        import secrets

        print(f"DANBAN_SECRET_KEY={secrets.token_urlsafe(64)}")
        print(f"DANBAN_CONTACT_KEY={base64.b64encode(secrets.token_bytes(32)).decode()}")
        return 0
    _django()
    from danban.operations.checks import run_checks

    signs = {True: "✓", None: "!", False: "✗"}
    lines = list(run_checks())
    for line in lines:
        print(f"{signs[line.ok]} {line.what}: {line.found}")
    return 1 if any(line.ok is False for line in lines) else 0


def worker(_arguments: argparse.Namespace) -> int:
    _django()
    from danban.operations.worker import run_until_signal

    run_until_signal()
    return 0


def migrate(_arguments: argparse.Namespace) -> int:
    _django()
    from django.core.management import call_command

    call_command("migrate", interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return 0


def backup(arguments: argparse.Namespace) -> int:
    _django()
    from danban.operations.backup import make_backup

    folder = make_backup(arguments.folder)
    _say(f"Đã sao lưu vào {folder}. Kiểm tra: cd {folder} && sha256sum -c SHA256SUMS")
    _say("Hai khóa (DANBAN_SECRET_KEY, DANBAN_CONTACT_KEY) không nằm trong bản sao lưu: hãy cất riêng.")
    return 0


def audit_verify(_arguments: argparse.Namespace) -> int:
    _django()
    from danban.audit.queries import verify

    count = 0
    for finding in verify():
        count += 1
        place = f"số {finding.seq}" if finding.seq is not None else "ngoài chuỗi"
        print(f"✗ {place}: {finding.fault.label} {finding.detail}".rstrip())
    print(f"{count} chỗ sai." if count else "✓ Nhật ký nguyên vẹn.")
    return 1 if count else 0


# --- data -------------------------------------------------------------------------------------


def agency_add(arguments: argparse.Namespace) -> int:
    _django()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_slug

    from danban.accounts.actions import add_agency
    from danban.common import clock

    try:
        validate_slug(arguments.code)
    except ValidationError:
        print(f"Mã {arguments.code} không dùng được: chỉ chữ không dấu, số và gạch nối.", file=sys.stderr)
        return 1
    agency = add_agency(
        code=arguments.code,
        name=arguments.name,
        kind=arguments.kind,
        level=arguments.level,
        valid_from=clock.today(),
    )
    _say(f"Đã thêm {agency.name}, mã {agency.code}.")
    return 0


def user_add(arguments: argparse.Namespace) -> int:
    _django()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from danban.accounts.actions import add_user_with_role
    from danban.accounts.models import Agency
    from danban.accounts.queries import password_link

    try:
        validate_email(arguments.email)
    except ValidationError:
        print(f"{arguments.email} không phải là địa chỉ thư.", file=sys.stderr)
        return 1
    agency = Agency.objects.filter(code=arguments.agency).first()
    if agency is None:
        codes = ", ".join(Agency.objects.order_by("code").values_list("code", flat=True)[:40])
        print(f"Không có cơ quan mang mã {arguments.agency}. Các mã: {codes or 'chưa có'}", file=sys.stderr)
        return 1
    user = add_user_with_role(
        email=arguments.email,
        full_name=arguments.name,
        title=arguments.title,
        agency=agency,
        role=arguments.role,
    )
    _say(f"Đã thêm {user.full_name} ({agency.name}).")
    _say("Gửi người ấy địa chỉ đặt mật khẩu này, dùng một lần, trong 3 ngày:")
    _say(f"  https://<tên miền>{password_link(user)}")
    return 0


def import_comments(arguments: argparse.Namespace) -> int:
    _django()
    from danban.accounts.models import User
    from danban.consultation.actions import import_comments as run_import
    from danban.consultation.models import Window

    window = Window.objects.filter(pk=arguments.window).first()
    by = User.objects.filter(email=arguments.by, is_active=True).first()
    if window is None or by is None:
        missing = f"đợt lấy ý kiến số {arguments.window}" if window is None else f"người dùng {arguments.by}"
        print(f"Không có {missing}.", file=sys.stderr)
        return 1
    batch = run_import(
        window=window,
        data=arguments.file.read_bytes(),
        file_name=arguments.file.name,
        channel=arguments.channel,
        collected_how=arguments.collected_how,
        by=by,
    )
    _say(f"Đã nhập {batch.imported} góp ý; {len(batch.rejected)} dòng không nhập được.")
    for row in batch.rejected:
        _say(f"  dòng {row['row']}: {row['why']}")
    return 0


def report(arguments: argparse.Namespace) -> int:
    _django()
    from danban.reports.command import write_report
    from danban.reports.rules import moment_in_words

    scope = write_report(
        kind=arguments.kind,
        year=arguments.year,
        out=arguments.out,
        agency_code=arguments.agency,
        as_of=arguments.as_of,
    )
    _say(
        f"Đã ghi {arguments.out}: kỳ từ {scope.starts_on:%d/%m/%Y} đến {scope.ends_on:%d/%m/%Y}, "
        f"số liệu đến {moment_in_words(scope.at)}."
    )
    return 0


# --- words ------------------------------------------------------------------------------------


def _say(text: str) -> None:
    print(text, flush=True)


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

    _add_serving(command)
    _add_data(command)
    plan_command.add(command)
    prepare_parser = commands.add_parser("prepare")
    prepare_parser.set_defaults(run=prepare_site, stage="open")
    commands.add_parser("lawtext", help="Đọc, so sánh văn bản pháp luật (danban lawtext --help)")
    return parser


def _add_serving(command: Callable[[str, Command, str, str], argparse.ArgumentParser]) -> None:
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


def _add_data(command: Callable[[str, Command, str, str], argparse.ArgumentParser]) -> None:
    made = command(
        "agency",
        agency_add,
        "Thêm một cơ quan: cần cho người quản trị đầu tiên, các cơ quan sau thêm trên trang.",
        'danban agency add so-tu-phap --name "Sở Tư pháp tỉnh Sông Mây"',
    )
    made.add_argument("what", choices=["add"])
    made.add_argument("code", help="mã: chữ thường không dấu và gạch nối")
    made.add_argument("--name", required=True, help="tên đầy đủ")
    made.add_argument(
        "--kind",
        default="department",
        choices=["department", "peoples_committee", "peoples_council", "other"],
        help="loại, mặc định department (sở, ban, ngành)",
    )
    made.add_argument(
        "--level", default="province", choices=["province", "commune"], help="cấp, mặc định province"
    )
    made = command(
        "user",
        user_add,
        "Thêm một người dùng với một vai trò trong một cơ quan, in ra địa chỉ đặt mật khẩu.",
        'danban user add an@tinh.gov.vn --name "Nguyễn Văn An" --agency so-tu-phap --role drafter',
    )
    made.add_argument("what", choices=["add"])
    made.add_argument("email", help="địa chỉ thư, dùng để đăng nhập")
    made.add_argument("--name", required=True, help="họ và tên")
    made.add_argument("--title", default="", help="chức danh")
    made.add_argument("--agency", required=True, help="mã cơ quan")
    made.add_argument("--role", required=True, choices=ROLES)
    made = command(
        "import",
        import_comments,
        "Nhập góp ý thu được ngoài hệ thống từ bảng .xlsx hoặc .csv; dòng tốt được giữ, dòng hỏng được nêu.",
        "danban import gop-y.xlsx --window 3 --collected-how 'Hội nghị thôn 2' --by an@tinh.gov.vn",
    )
    made.add_argument("file", type=Path, help="tệp .xlsx hoặc .csv")
    made.add_argument("--window", type=int, required=True, help="số của đợt lấy ý kiến")
    made.add_argument(
        "--channel",
        default="spreadsheet",
        choices=["letter", "email", "meeting", "spreadsheet", "scan"],
        help="kênh nhận, mặc định spreadsheet",
    )
    made.add_argument("--collected-how", required=True, help="thu thập bằng cách nào, ở đâu")
    made.add_argument("--by", required=True, help="địa chỉ thư của người nhập")
    made = command(
        "report",
        report,
        "Viết báo cáo của tỉnh, hoặc của một cơ quan, thành văn bản .docx với số liệu lấy từ hồ sơ.",
        "danban report --kind yearly --year 2026 --out bao-cao.docx",
    )
    made.add_argument(
        "--kind", choices=["half", "yearly"], default="yearly", help="half: sáu tháng đầu năm; yearly: cả năm"
    )
    made.add_argument("--year", type=int, required=True, help="năm báo cáo")
    made.add_argument("--agency", default="", help="mã cơ quan; để trống là báo cáo của tỉnh")
    made.add_argument("--as-of", type=dt.date.fromisoformat, help="tính đến hết ngày này (NĂM-THÁNG-NGÀY)")
    made.add_argument("--out", type=Path, required=True, help="tệp .docx được ghi ra")
