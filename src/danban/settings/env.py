"""Every setting that comes from outside, in one table: name, type, default, what it means.

`docs/reference/settings.md` is made from this table, and a test keeps it true.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured


def _flag(raw: str) -> bool:
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("cần 1 hoặc 0")


def _words(raw: str) -> list[str]:
    return [word.strip() for word in raw.split(",") if word.strip()]


def _hosts(raw: str) -> list[str]:
    """Names, never patterns: a link in a letter and the check of the Host header rest on them."""
    hosts = _words(raw)
    if not hosts or any("*" in host or host.startswith(".") for host in hosts):
        raise ValueError("phải nêu đích danh các tên miền của trang")
    return hosts


def _sealing_key(raw: str) -> str:
    if len(base64.b64decode(raw, validate=True)) != 32:
        raise ValueError("cần đúng 32 byte")
    return raw


def _days(raw: str) -> list[int]:
    return sorted({int(word) for word in _words(raw)}, reverse=True)


@dataclass(frozen=True)
class Variable:
    """One environment variable. ``default`` None means: required in production."""

    name: str
    kind: Callable[[str], Any]
    default: str | None
    help: str


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable(
            "DANBAN_MODE",
            str,
            "demo",
            "Cách chạy của lệnh danban: demo (tỉnh tự đặt, khóa tự tạo) hoặc production (vận hành thật).",
        ),
        Variable(
            "DANBAN_DATA",
            Path,
            ".data",
            "Thư mục chứa tệp của hệ thống: cơ sở dữ liệu nhúng, tệp tải lên, khóa demo.",
        ),
        Variable(
            "DANBAN_DATABASE",
            str,
            "",
            "Địa chỉ PostgreSQL dạng postgresql://người:mật-khẩu@máy/tên; để trống thì dùng SQLite trong DANBAN_DATA.",
        ),
        Variable("DANBAN_SECRET_KEY", str, None, "Khóa ký của Django, ít nhất 50 ký tự ngẫu nhiên."),
        Variable(
            "DANBAN_CONTACT_KEY",
            _sealing_key,
            None,
            "Khóa mã hóa dữ liệu liên hệ, 32 byte viết dạng base64 (danban check --new-key).",
        ),
        Variable("DANBAN_HOSTS", _hosts, None, "Các tên miền của trang, cách nhau bằng dấu phẩy."),
        Variable("DANBAN_HTTPS", _flag, "1", "1: chỉ phục vụ qua HTTPS (cookie an toàn, HSTS)."),
        Variable(
            "DANBAN_TRUSTED_PROXIES",
            int,
            "0",
            "Số máy trung gian đáng tin đứng trước; dùng để đọc địa chỉ người gửi.",
        ),
        Variable("DANBAN_PROVINCE", str, "", "Tên tỉnh hiện trên mọi trang, ví dụ: tỉnh Sông Mây."),
        Variable(
            "DANBAN_SECRECY_CONTACT",
            str,
            "",
            "Ai được báo khi một tệp có dấu mật bị từ chối, ví dụ: Phòng Bảo mật, điện thoại 0252 000 000.",
        ),
        Variable(
            "DANBAN_EMAIL_URL",
            str,
            "",
            "Máy chủ thư dạng smtps://người:mật-khẩu@máy:cổng (smtp:// là không mã hóa, chỉ cho máy chủ "
            "cùng máy); để trống thì thư ghi vào DANBAN_DATA/mail.",
        ),
        Variable("DANBAN_EMAIL_FROM", str, "danban@localhost", "Địa chỉ gửi thư."),
        Variable(
            "DANBAN_COMMENTS_PER_MINUTE",
            int,
            "20",
            "Số góp ý mỗi phút nhận từ một mạng (IPv4 /24, IPv6 /56) cho một hồ sơ.",
        ),
        Variable(
            "DANBAN_FRONT_CACHE_SECONDS",
            int,
            "5",
            "Số giây một trang công khai được giữ trong bộ nhớ; 0 là không giữ.",
        ),
        Variable(
            "DANBAN_REMIND_DAYS",
            _days,
            "14,3",
            "Nhắc cơ quan chủ trì trước hạn của nhiệm vụ bao nhiêu ngày, cách nhau bằng dấu phẩy.",
        ),
        Variable(
            "DANBAN_ESCALATE_LATE_DAYS",
            int,
            "7",
            "Nhiệm vụ quá hạn hơn số ngày này thì báo Sở Tư pháp.",
        ),
        Variable(
            "DANBAN_ESCALATE_BLOCKED_DAYS",
            int,
            "14",
            "Nhiệm vụ vướng hơn số ngày này thì báo Sở Tư pháp.",
        ),
    )
}


def read(name: str) -> Any:
    """The value of a setting, converted; ImproperlyConfigured names what is missing or wrong."""
    variable = VARIABLES[name]
    raw = os.environ.get(name, variable.default)
    if raw is None:
        raise ImproperlyConfigured(f"Thiếu biến môi trường {name}: {variable.help}")
    try:
        return variable.kind(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"Biến môi trường {name} không đúng: {error}. {variable.help}") from error


def data_folder() -> Path:
    """The folder of this installation's files, made if absent; for its owner alone."""
    folder = cast(Path, read("DANBAN_DATA")).expanduser().absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
