"""What is put in and taken out without the pages: agencies, people, comments from a table, a report."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from danban.cli.common import MakeParser, say, set_up_django

ROLES = ("drafter", "approver", "officer", "justice", "leader", "viewer", "admin")


def add(command: MakeParser) -> None:
    """The words of these commands."""
    _add_agency(command)
    _add_user(command)
    _add_import(command)
    _add_report(command)


def _add_agency(command: MakeParser) -> None:
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


def _add_user(command: MakeParser) -> None:
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


def _add_import(command: MakeParser) -> None:
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


def _add_report(command: MakeParser) -> None:
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


def agency_add(arguments: argparse.Namespace) -> int:
    set_up_django()
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
    say(f"Đã thêm {agency.name}, mã {agency.code}.")
    return 0


def user_add(arguments: argparse.Namespace) -> int:
    set_up_django()
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
    say(f"Đã thêm {user.full_name} ({agency.name}).")
    say("Gửi người ấy địa chỉ đặt mật khẩu này, dùng một lần, trong 3 ngày:")
    say(f"  https://<tên miền>{password_link(user)}")
    return 0


def import_comments(arguments: argparse.Namespace) -> int:
    set_up_django()
    from danban.accounts.models import User
    from danban.consultation.actions import import_comments as run_import
    from danban.consultation.models import Window

    window = Window.objects.filter(pk=arguments.window).first()
    by = User.objects.filter(email__iexact=arguments.by, is_active=True).first()
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
    say(f"Đã nhập {batch.imported} góp ý; {len(batch.rejected)} dòng không nhập được.")
    for row in batch.rejected:
        say(f"  dòng {row['row']}: {row['why']}")
    return 0


def report(arguments: argparse.Namespace) -> int:
    set_up_django()
    from danban.reports.command import write_report
    from danban.reports.rules import moment_in_words

    scope = write_report(
        kind=arguments.kind,
        year=arguments.year,
        out=arguments.out,
        agency_code=arguments.agency,
        as_of=arguments.as_of,
    )
    say(
        f"Đã ghi {arguments.out}: kỳ từ {scope.starts_on:%d/%m/%Y} đến {scope.ends_on:%d/%m/%Y}, "
        f"số liệu đến {moment_in_words(scope.at)}."
    )
    return 0
