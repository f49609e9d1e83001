"""The certificate as a page of paper: A4 lying, one font of ours, a check code and its picture."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from danban.common import clock
from danban.common.qr import qr_squares
from danban.training.models import Certificate
from danban.training.rules import certificate_code

FONTS = Path(__file__).resolve().parent.parent / "common" / "static" / "danban" / "fonts"
INK, DEEP, QUIET = (27, 30, 32), (11, 84, 99), (86, 89, 91)
WIDTH, HEIGHT, EDGE = 297, 210, 22
QR_SIDE = 30
"""Millimetres, as all lengths here."""


def certificate(shown: Certificate, address: str) -> bytes:
    """The paper of one certificate, in Vietnamese; ``address`` is the page where anyone can check it."""
    registration = shown.registration
    session, course = registration.session, registration.session.course
    day = timezone.localtime(session.starts_at)
    hours = f"{float(session.hours):g}".replace(".", ",")
    page = _Page(f"Giấy chứng nhận {shown.number}")
    page.heading(course.agency.name, course.agency.parent.name if course.agency.parent else "")
    page.line("GIẤY CHỨNG NHẬN", 30, bold=True, colour=DEEP, gap=8)
    page.line(f"{course.agency.name} chứng nhận", 12, colour=QUIET, gap=5)
    page.line(registration.person.full_name, 24, bold=True, gap=9)
    page.line(registration.person.agency_name, 12, gap=1)
    page.line("đã hoàn thành chương trình tập huấn", 12, colour=QUIET, gap=6)
    page.line(course.title, 16, bold=True, gap=2)
    page.line(f"{hours} giờ, ngày {day:%d/%m/%Y}, tại {session.place}", 12, gap=2)
    page.foot(shown, certificate_code(shown.key), address)
    return page.made()


class _Page:
    """A page on which centred lines follow one another downward."""

    def __init__(self, title: str) -> None:
        from fpdf import FPDF  # 25 MB with what it draws in: only who prints carries it

        self._pdf = FPDF(orientation="landscape", format="A4")
        self._pdf.set_title(title)
        self._pdf.set_lang("vi")
        self._pdf.set_creation_date(clock.now())
        self._pdf.add_font("BeVietnam", "", FONTS / "be-vietnam-pro-400.ttf")
        self._pdf.add_font("BeVietnam", "B", FONTS / "be-vietnam-pro-700.ttf")
        self._pdf.set_margin(EDGE)
        self._pdf.set_auto_page_break(False)
        self._pdf.add_page()
        self._pdf.set_draw_color(*DEEP)
        self._pdf.set_line_width(0.8)
        self._pdf.rect(10, 10, WIDTH - 20, HEIGHT - 20)
        self._pdf.set_line_width(0.2)
        self._pdf.rect(12, 12, WIDTH - 24, HEIGHT - 24)

    def heading(self, agency: str, superior: str) -> None:
        half = (WIDTH - 2 * EDGE) / 2
        self._beside(EDGE, half, [(superior.upper(), ""), (agency.upper(), "B")])
        self._beside(
            EDGE + half,
            half,
            [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "B"), ("Độc lập - Tự do - Hạnh phúc", "B")],
        )
        self._pdf.set_y(54)

    def _beside(self, x: float, width: float, lines: list[tuple[str, str]]) -> None:
        self._pdf.set_y(20)
        self._pdf.set_text_color(*INK)
        for text, style in lines:
            if text:
                self._pdf.set_x(x)
                self._pdf.set_font("BeVietnam", style, 10)
                self._pdf.multi_cell(width, 5.5, text, align="C", new_x="LMARGIN", new_y="NEXT")

    def line(
        self, text: str, size: int, *, bold: bool = False, colour: tuple[int, int, int] = INK, gap: float = 0
    ) -> None:
        self._pdf.set_y(self._pdf.get_y() + gap)
        self._pdf.set_font("BeVietnam", "B" if bold else "", size)
        self._pdf.set_text_color(*colour)
        self._pdf.multi_cell(0, size * 0.5, text, align="C", new_x="LMARGIN", new_y="NEXT")

    def foot(self, shown: Certificate, code: str, address: str) -> None:
        top = HEIGHT - EDGE - QR_SIDE + 4
        self._qr(address, EDGE, top)
        self._pdf.set_text_color(*INK)
        lines = (
            f"Số {shown.number}",
            f"Mã kiểm tra {code}",
            f"Quét mã hoặc mở {address.rsplit('/', 2)[0]}/ để kiểm tra.",
        )
        for step, text in enumerate(lines):
            self._pdf.set_font("BeVietnam", "B" if step == 1 else "", 9)
            self._pdf.set_xy(EDGE + QR_SIDE + 4, top + 9 + step * 6)
            self._pdf.cell(150, 5, text)
        place = settings.PROVINCE.removeprefix("tỉnh ").removeprefix("thành phố ")
        on = shown.issued_on
        dated = f"{place}, ngày {on:%d} tháng {on:%m} năm {on.year}"
        self._pdf.set_font("BeVietnam", "", 10)
        self._pdf.set_xy(WIDTH - EDGE - 90, top + 2)
        self._pdf.cell(90, 5, dated, align="C")

    def _qr(self, address: str, x: float, y: float) -> None:
        rows = qr_squares(address)
        side = QR_SIDE / len(rows)
        self._pdf.set_fill_color(*INK)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    self._pdf.rect(x + across * side, y + down * side, side, side, style="F")

    def made(self) -> bytes:
        return bytes(self._pdf.output())
