"""``danban lawtext``: read, check, compare, cite and apply from the command line, without Django.

Exit codes: 0 well, 1 a file could not be read or ``check`` found doubts, 2 the words were not understood.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from danban.lawtext.address import Address
from danban.lawtext.read import read_and_parse
from danban.lawtext.show import as_html, as_json, as_text
from danban.lawtext.source import ReadError
from danban.lawtext.tree import Document, Line, Unit

_SHOWN_AS = {Unit.REGULATION: Unit.APPENDIX, Unit.DOCUMENT: Unit.TEXT}
_EPILOG = """ví dụ:
  danban lawtext units du-thao.docx --out ket-qua/
  danban lawtext tree luat.pdf --format text
  danban lawtext check du-thao.docx
  danban lawtext diff lan-1.docx lan-2.docx --format docx > bang-so-sanh.docx
  echo "điểm a, b khoản 4 Điều 26" | danban lawtext cite --draft du-thao.docx
  danban lawtext apply luat-goc.docx luat-sua-doi.docx

mã thoát: 0 xong; 1 có tệp không đọc được, còn chỗ ngờ (check) hay chưa áp được (apply); 2 sai lệnh"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one subcommand; returns its exit code."""
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except ReadError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="danban lawtext",
        description="Đọc văn bản pháp luật (.docx, .pdf, .txt, .html): cấu trúc, so sánh, viện dẫn.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    units = commands.add_parser("units", help="mỗi dòng là gì: JSON Lines, một dòng ra cho một dòng vào")
    units.add_argument("files", nargs="+", metavar="TỆP")
    units.add_argument("--out", metavar="THƯ_MỤC", help="ghi TÊN.jsonl cho từng tệp vào thư mục này")
    units.set_defaults(run=_units)
    tree = commands.add_parser("tree", help="cây cấu trúc của văn bản")
    tree.add_argument("file", metavar="TỆP")
    tree.add_argument("--format", choices=("json", "text", "akn", "html"), default="text")
    tree.set_defaults(run=_tree)
    check = commands.add_parser("check", help="những chỗ còn ngờ (mã thoát 1 khi có)")
    check.add_argument("file", metavar="TỆP")
    check.set_defaults(run=_check)
    diff = commands.add_parser("diff", help="so sánh hai bản")
    diff.add_argument("old", metavar="BẢN_CŨ")
    diff.add_argument("new", metavar="BẢN_MỚI")
    diff.add_argument("--format", choices=("json", "html", "docx"), default="json")
    diff.set_defaults(run=_diff)
    cite = commands.add_parser("cite", help="viện dẫn trong từng dòng của đầu vào chuẩn")
    cite.add_argument("--draft", metavar="TỆP", help="văn bản mà các viện dẫn nói tới")
    cite.add_argument(
        "--at", metavar="ĐỊA_CHỈ", type=_address, default="", help="nơi đang đọc, cho “khoản này”, “Điều này”"
    )
    cite.set_defaults(run=_cite)
    apply = commands.add_parser("apply", help="áp văn bản sửa đổi vào văn bản gốc")
    apply.add_argument("base", metavar="VĂN_BẢN_GỐC")
    apply.add_argument("amending", metavar="VĂN_BẢN_SỬA_ĐỔI")
    apply.set_defaults(run=_apply)
    return parser


def line_record(line: Line) -> dict[str, object]:
    """One line as ``units`` writes it."""
    return {
        "line": line.number,
        "text": line.text,
        "unit": _SHOWN_AS.get(line.unit, line.unit).value,
        "number": line.label,
        "address": line.address,
        "quoted": line.quoted,
    }


def _records(document: Document) -> Iterator[str]:
    for line in document.lines:
        yield json.dumps(line_record(line), ensure_ascii=False)


def _units(arguments: argparse.Namespace) -> int:
    failed = 0
    for name in arguments.files:
        try:
            document = read_and_parse(name)
        except ReadError as error:
            print(error, file=sys.stderr)
            failed = 1
            continue
        if arguments.out:
            _write_records(document, Path(arguments.out), Path(name))
        else:
            for record in _records(document):
                print(record)
    return failed


def _write_records(document: Document, folder: Path, name: Path) -> None:
    target = folder / f"{name.stem}.jsonl"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(f"{record}\n" for record in _records(document)), encoding="utf-8")
    except OSError as error:
        raise ReadError(f"Không ghi được {target}: {error.strerror}.") from error


def _tree(arguments: argparse.Namespace) -> int:
    document = read_and_parse(arguments.file)
    if arguments.format == "akn":
        from danban.lawtext.akn import to_akn

        _write_bytes(to_akn(document))
    elif arguments.format == "json":
        print(json.dumps(as_json(document), ensure_ascii=False, indent=1))
    else:
        print((as_html if arguments.format == "html" else as_text)(document))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    document = read_and_parse(arguments.file)
    for note in document.notes:
        print(f"Lưu ý: {note}")
    for doubt in document.doubts:
        print(f"dòng {doubt.line}: {doubt.message} {doubt.suggestion}".rstrip())
    articles = len(document.articles())
    print(f"{len(document.lines)} dòng, {articles} điều, {len(document.doubts)} chỗ còn ngờ.")
    return 1 if document.doubts else 0


def _diff(arguments: argparse.Namespace) -> int:
    from danban.lawtext.diff import align

    old, new = read_and_parse(arguments.old), read_and_parse(arguments.new)
    alignment = align(old, new)
    if arguments.format == "json":
        print(json.dumps(alignment.as_json(), ensure_ascii=False, indent=1))
        return 0
    from danban.lawtext import comparison

    if arguments.format == "html":
        print(comparison.as_html(old, new, alignment))
    else:
        _write_bytes(comparison.as_docx(old, new, alignment))
    return 0


def _cite(arguments: argparse.Namespace) -> int:
    from danban.lawtext.cite import Citer

    citer = Citer(read_and_parse(arguments.draft) if arguments.draft else None)
    for line in sys.stdin:
        print(json.dumps(citer.cite(line.rstrip("\n"), at=arguments.at).as_json(), ensure_ascii=False))
    return 0


def _address(text: str) -> str:
    if text:
        try:
            Address.parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{error}; viết như: dieu-5.khoan-2.diem-dd") from error
    return text


def _apply(arguments: argparse.Namespace) -> int:
    from danban.lawtext.amend import apply

    done = apply(read_and_parse(arguments.base), read_and_parse(arguments.amending))
    print(done.text)
    for change in done.unapplied:
        print(f"Chưa áp được: {change}", file=sys.stderr)
    return 1 if done.unapplied else 0


def _write_bytes(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
