"""Names of agencies: where one ends and the next begins, and whom they mean in the register."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.plan.matching import Body, Register, abbreviates
from danban.plan.reading.bodies import is_group, split_bodies

OLD, NEW = dt.date(2023, 3, 31), dt.date(2026, 1, 5)
NAMES = [
    "Sở Tư pháp", "Sở Nông nghiệp và Môi trường", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh",
    "Văn phòng HĐND và UBND phường Bến Lụa", "Các Sở, ban, ngành", "UBND xã, phường", "Hội Luật gia tỉnh",
    "Sở Tư pháp (Cơ quan thường trực Hội đồng)",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các Sở, ban, ngành; UBND xã, phường", ["Các Sở, ban, ngành", "UBND xã, phường"]),
        ("Sở A, Sở B và Công an tỉnh", ["Sở A", "Sở B", "Công an tỉnh"]),
        ("Các Sở: Tư pháp, Nội vụ", ["Sở Tư pháp", "Sở Nội vụ"]),
        ("Sở Tư pháp, các cơ quan thông tin, báo chí", ["Sở Tư pháp", "các cơ quan thông tin, báo chí"]),
        ("- Sở A\n- Sở B", ["Sở A", "Sở B"]),
        ("Báo, Đài", ["Báo, Đài"]),
        ("Sở A (phòng x; phòng y), Sở B", ["Sở A (phòng x; phòng y)", "Sở B"]),
        ("Các Sở, ban, ngành, UBND các xã, phường, Ủy ban MTTQ Việt Nam tỉnh",
         ["Các Sở, ban, ngành", "UBND các xã, phường", "Ủy ban MTTQ Việt Nam tỉnh"]),
    ],
)  # fmt: skip
def test_where_names_part(text, names):
    assert split_bodies(text) == names


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), st.sampled_from(["; ", "\n", ";\n"]))
def test_names_with_commas_and_va_stay_whole(names, joint):
    assert split_bodies(joint.join(names)) == names


@given(st.text(alphabet="SởBanUD ,;và().\n-", max_size=60))
def test_no_letter_of_a_cell_is_lost(text):
    def letters(words):
        return sorted(re.findall(r"[^\W\d_]", re.sub(r"\bvà\b|\b[Cc]ác\b", "", words)))

    assert letters(" ".join(split_bodies(text))) == letters(text)


@pytest.mark.parametrize(
    "name", ["Các Sở, ban, ngành", "UBND xã, phường", "UBND cấp xã", "Thành viên Hội đồng"]
)
def test_groups(name):
    assert is_group(name)


@pytest.mark.parametrize("name", ["UBND xã Hạ Bến", "Sở Tư pháp", "UBND tỉnh Sông Mây", "Báo Sông Mây"])
def test_single_bodies(name):
    assert not is_group(name)


def body(pk, name, short="", start=dt.date(2020, 1, 1), end=None, successors=(), parent=None):
    return Body(pk, name, short, "province", start, end, parent, successors)


LAST = dt.date(2025, 2, 28)
REGISTER = [
    body(1, "Sở Tư pháp tỉnh Sông Mây", "Sở Tư pháp"),
    body(2, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sông Mây"),
    body(3, "Sở Thông tin và Truyền thông tỉnh Sông Mây", end=LAST, successors=(4,)),
    body(4, "Sở Khoa học và Công nghệ tỉnh Sông Mây", "Sở KH&CN"),
    body(5, "Ủy ban nhân dân xã Hạ Bến", "UBND xã Hạ Bến"),
    body(6, "Ủy ban nhân dân huyện Cũ", end=LAST, successors=(5, 7)),
    body(7, "Ủy ban nhân dân xã Mới", start=dt.date(2025, 7, 1)),
    body(8, "Sở Xây dựng tỉnh Đông", parent=20),
    body(9, "Sở Xây dựng tỉnh Tây", parent=21),
    body(10, "Ban Vòng Một", end=LAST, successors=(11,)),
    body(11, "Ban Vòng Hai", end=LAST, successors=(10,)),
]


def match(name, day=NEW, issuer=None):
    return Register({one.pk: one for one in REGISTER}, issuer).match(name, day)


@pytest.mark.parametrize(
    ("name", "pk"),
    [
        ("Sở Tư pháp", 1), ("SỞ TƯ PHÁP", 1), ("so tu phap", 1), ("STP", 1), ("Sở Tư pháp (thường trực)", 1),
        ("UBMTTQ tỉnh", 2), ("Ủy ban MTTQ Việt Nam tỉnh", 2), ("Sở KH&CN", 4), ("Sở KHCN", 4),
        ("UBND xã Hạ Bến", 5), ("Uỷ ban nhân dân xã Hạ Bến", 5),
    ],
)  # fmt: skip
def test_a_name_is_found_in_its_many_forms(name, pk):
    found = match(name)
    assert (found.agency, found.doubt) == (pk, "")


def test_an_old_body_leads_to_the_one_that_took_over():
    assert match("Sở TT&TT", OLD).agency == 3
    found = match("Sở TT&TT", NEW)
    assert found.agency == 4
    assert "kế tục" in found.doubt


def test_several_successors_are_candidates():
    found = match("UBND huyện Cũ")
    assert (found.agency, found.candidates) == (None, (5, 7))
    assert found.doubt


def test_the_same_name_in_two_provinces_needs_the_issuer():
    assert match("Sở Xây dựng").candidates == (8, 9)
    assert match("Sở Xây dựng", issuer=21).agency == 9


def test_a_circle_of_successions_ends():
    found = match("Ban Vòng Một")
    assert found.agency is None
    assert found.doubt


def test_an_unknown_body_has_likely_candidates():
    found = match("Sở Tư phát")
    assert found.agency is None
    assert 1 in found.candidates
    assert match("Các Sở, ban, ngành").group


def test_a_body_that_began_after_the_plan_is_doubted():
    found = match("UBND xã Mới", OLD)
    assert found.agency == 7
    assert "01/07/2025" in found.doubt


def test_initials():

    assert abbreviates("Sở TT&TT", "Sở Thông tin và Truyền thông")
    assert not abbreviates("Sở Tư pháp", "Sở Tài chính")


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=12), st.sampled_from([OLD, NEW]))
def test_heirs_exist_and_the_walk_ends(pairs, day):
    bodies = {
        pk: body(
            pk, f"Ban {pk}", end=LAST if pk < 5 else None, successors=tuple(b for a, b in pairs if a == pk)
        )
        for pk in range(1, 7)
    }
    assert all(bodies[heir].exists_on(day) for heir in Register(bodies).heirs(1, day))
