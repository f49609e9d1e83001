"""``danban lawtext``: its output is a promise to other programs."""

import doctest
import io
import json
import subprocess
import sys

import pytest

from danban import lawtext
from danban.lawtext.command import main
from tests.lawtext.docx_files import docx, p
from tests.shared_data import shared

TEXT = """QUYẾT ĐỊNH
Chương I
QUY ĐỊNH CHUNG
Điều 1. Sửa đổi Quyết định số 5
1. Sửa đổi khoản 2 Điều 3 như sau:
“2. Mới.”.
Điều 1a. Chèn
a) Điểm;
b) Điểm.
TM. ỦY BAN NHÂN DÂN
Phụ lục I
DANH MỤC"""
UNITS = {
    "part", "chapter", "section", "subsection", "article", "clause", "point", "subpoint", "heading", "text",
    "preamble", "quote", "table", "appendix", "signature", "footnote", "toc", "page",
}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "du-thao.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_units_a_line_out_for_each_line_in(file, capsys):
    assert main(["units", str(file)]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["text"] for record in records] == TEXT.split("\n")
    assert [record["line"] for record in records] == list(range(1, 13))
    assert {record["unit"] for record in records} <= UNITS
    assert records[3] == {
        "line": 4,
        "text": "Điều 1. Sửa đổi Quyết định số 5",
        "unit": "article",
        "number": "1",
        "address": "dieu-1",
        "quoted": False,
    }
    assert [(r["unit"], r["number"], r["quoted"]) for r in records[4:7]] == [
        ("clause", "1", False),
        ("clause", "2", True),
        ("article", "1a", False),
    ]
    assert records[8]["address"] == "dieu-1a.diem-b"
    assert [record["unit"] for record in records[9:]] == ["signature", "appendix", "heading"]


def test_units_into_a_folder(file, tmp_path, capsys):
    other = tmp_path / "khac.docx"
    other.write_bytes(docx(p("Điều 1. Một"), p("Hết.")))
    out = tmp_path / "ket-qua"
    assert main(["units", str(file), str(other), "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert len((out / "du-thao.jsonl").read_text(encoding="utf-8").splitlines()) == 12
    assert json.loads((out / "khac.jsonl").read_text(encoding="utf-8").splitlines()[0])["unit"] == "article"


def test_a_file_that_cannot_be_read_does_not_stop_the_others(file, tmp_path, capsys):
    assert main(["units", str(tmp_path / "khong-co.txt"), str(file)]) == 1
    answer = capsys.readouterr()
    assert "Không có tệp" in answer.err
    assert len(answer.out.splitlines()) == 12


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("text", "Chương I: QUY ĐỊNH CHUNG"),
        ("html", '<section class="article" id="dieu-1a">'),
        ("json", '"address": "dieu-1a.diem-b"'),
        ("text", "│ khoản 2: Mới."),
        ("html", "<blockquote>"),
    ],
)
def test_tree(file, capsys, form, part):
    assert main(["tree", str(file), "--format", form]) == 0
    assert part in capsys.readouterr().out


def test_html_is_escaped(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("Điều 1. <script>alert(1)</script>\nHết.", encoding="utf-8")
    main(["tree", str(path), "--format", "html"])
    assert "<script>" not in capsys.readouterr().out


def test_akoma_ntoso(file, capsysbinary):
    assert main(["tree", str(file), "--format", "akn"]) == 0
    assert b"<akomaNtoso" in capsysbinary.readouterr().out


def test_check_tells_doubts_by_its_exit_code(file, tmp_path, capsys):
    assert main(["check", str(file)]) == 0
    assert "0 chỗ còn ngờ" in capsys.readouterr().out
    slip = tmp_path / "sai.txt"
    slip.write_text("Điều 1. Một\n1. Khoản.\n3. Khoản.\nĐiều 2. Hai\nHết.", encoding="utf-8")
    assert main(["check", str(slip)]) == 1
    assert "dòng 3: Số thứ tự nhảy đến “khoản 3”, thiếu khoản 2." in capsys.readouterr().out


def test_diff(tmp_path, capsysbinary):
    old, new = tmp_path / "1.txt", tmp_path / "2.txt"
    old.write_text(
        "Điều 1. Một\nGiá 5 đồng một lượt xe.\nĐiều 2. Hai\nHiệu lực từ ngày ký.", encoding="utf-8"
    )
    new.write_text(
        "Điều 1. Một\nGiá 7 đồng một lượt xe.\nĐiều 2. Hai\nHiệu lực từ ngày ký.", encoding="utf-8"
    )
    assert main(["diff", str(old), str(new)]) == 0
    articles = json.loads(capsysbinary.readouterr().out)["articles"]
    assert [(a["old"], a["new"], a["change"]) for a in articles] == [
        (["dieu-1"], ["dieu-1"], "edited"),
        (["dieu-2"], ["dieu-2"], "unchanged"),
    ]
    assert main(["diff", str(old), str(new), "--format", "html"]) == 0
    assert b"<ins" in capsysbinary.readouterr().out
    assert main(["diff", str(old), str(new), "--format", "docx"]) == 0
    assert capsysbinary.readouterr().out[:2] == b"PK"


def test_cite(file, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Bỏ điểm b Điều 1a\nkhông nêu gì\nkhoản này chưa rõ\n"))
    assert main(["cite", "--draft", str(file), "--at", "dieu-1.khoan-1"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["refs"] for record in records] == [["dieu-1a.diem-b"], [], ["dieu-1.khoan-1"]]


def test_apply(tmp_path, capsys):
    base, amending = tmp_path / "goc.txt", tmp_path / "sua.txt"
    base.write_text(
        "LUẬT\nCHỢ\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\nĐiều 2. Giờ\nĐến 22 giờ.", encoding="utf-8"
    )
    amending.write_text(
        "LUẬT\nSỬA ĐỔI LUẬT CHỢ\nĐiều 1. Sửa đổi, bổ sung một số điều của Luật Chợ\n"
        "1. Sửa đổi, bổ sung khoản 2 Điều 1 như sau:\n“2. Hai mới.”.\nĐiều 2. Hiệu lực thi hành\nTừ ngày ký.",
        encoding="utf-8",
    )
    assert main(["apply", str(base), str(amending)]) == 0
    assert "2. Hai mới." in capsys.readouterr().out


def test_words_not_understood(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["bay"])
    assert exit_.value.code == 2


def test_it_runs_alone_without_django(file):
    code = (
        "import sys; sys.modules['django'] = None\n"
        f"from danban.lawtext.command import main; sys.exit(main(['check', {str(file)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": "src"}
    )
    assert (done.returncode, done.stderr) == (0, "")
    done = subprocess.run(
        [sys.executable, "-m", "danban.lawtext", "--help"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": "src"},
    )
    assert done.returncode == 0
    assert "units" in done.stdout


def test_the_example_of_the_package():
    assert doctest.testmod(lawtext).failed == 0


def test_the_land_law_from_the_command_line(capsys):
    path = shared("lawtext/docx/127_31-2024-qh15.docx")
    assert main(["check", str(path)]) == 0
    assert "260 điều, 0 chỗ còn ngờ" in capsys.readouterr().out


def test_what_is_no_text_no_address_and_no_folder_is_said_in_a_sentence(file, tmp_path, capsys):
    binary = tmp_path / "anh.txt"
    binary.write_bytes(bytes(range(256)))
    assert main(["units", str(binary)]) == 1
    assert "không phải tệp văn bản" in capsys.readouterr().err
    assert main(["units", str(file), "--out", str(binary)]) == 1
    assert "Không ghi được" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["cite", "--at", "xyz"])
    assert ended.value.code == 2
    assert "dieu-5.khoan-2" in capsys.readouterr().err
