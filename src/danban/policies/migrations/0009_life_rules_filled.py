"""Bodies that must be asked, the days they have, what a move needs; and what was said stays as it was said.

Every row of the tables says on what it rests and whether someone read that in the official text. Rows that
nobody read never stop an officer: they ask for a reason.
"""

import datetime as dt

from django.db import migrations

LAW_2025 = dt.date(2025, 4, 1)
REFORM = dt.date(2025, 7, 1)

LAW = "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15, sửa đổi bởi Luật số 87/2025/QH15"
DECREE = "Nghị định số 78/2025/NĐ-CP, sửa đổi bởi Nghị định số 187/2025/NĐ-CP"
CHAIR = "Điều 51a Nghị định số 78/2025/NĐ-CP, được bổ sung bởi Nghị định số 187/2025/NĐ-CP"
SCHEME = "Quyết định số 407/QĐ-TTg ngày 30/3/2022"

UNREAD = "Chưa đối chiếu văn bản chính thức. Hãy đối chiếu, kể cả quy định riêng của tỉnh, rồi xác nhận."
OF_CHAIR_DAYS = "Ít nhất 10 ngày; số ngày lấy từ bảng Số ngày đăng tải."
OF_CHAIR_SYNTHESIS = (
    "Ý kiến phải được tiếp thu, giải trình đầy đủ trước khi hoàn thiện hồ sơ; ở đây kiểm khi gửi hồ sơ đi thẩm định."
)
OF_SYNTHESIS = f"Hồ sơ không rời bước soạn thảo khi chưa có bản tổng hợp. {UNREAD}"
OF_CRITIQUE = (
    "Chỉ kiểm khi Mặt trận Tổ quốc hoặc tổ chức chính trị - xã hội đã chọn phản biện dự thảo này "
    f"(có đợt phản biện xã hội). {UNREAD}"
)
OF_SCREENING = (
    "Nền nếp của Đề án: chính sách được sàng lọc theo bốn tiêu chí trước khi rời bước soạn thảo, để kịp truyền "
    f"thông lúc còn là dự thảo. Quyết định không nói đến mốc này. {UNREAD}"
)
OF_ASKING = f"Các cơ quan phải hỏi kê ở bảng bên dưới. {UNREAD}"

PROVINCIAL = ("provincial_resolution", "provincial_decision")
COMMUNE = ("commune_resolution", "commune_decision")
OUT_OF_DRAFTING = {
    **dict.fromkeys((*PROVINCIAL, "chair_decision"), "sent_for_appraisal"),
    **dict.fromkeys(COMMUNE, "submitted_to_committee"),
}


def _since(kind):
    return LAW_2025 if kind in PROVINCIAL else REFORM


# document type, requirement, basis, read in the official text, note
STAGE_RULES = [
    ("chair_decision", "consultees_asked", CHAIR, True, "Bốn sở kê ở bảng bên dưới."),
    ("chair_decision", "posting_days", CHAIR, True, OF_CHAIR_DAYS),
    ("chair_decision", "synthesis_complete", CHAIR, True, OF_CHAIR_SYNTHESIS),
    *((kind, "consultees_asked", DECREE, False, OF_ASKING) for kind in (*PROVINCIAL, *COMMUNE)),
    *((kind, "posting_days", f"{LAW}; {DECREE}", False, UNREAD) for kind in (*PROVINCIAL, *COMMUNE)),
    *((kind, "synthesis_complete", DECREE, False, OF_SYNTHESIS) for kind in (*PROVINCIAL, *COMMUNE)),
    *((kind, "social_critique", LAW, False, OF_CRITIQUE) for kind in OUT_OF_DRAFTING),
    *((kind, "screened", SCHEME, False, OF_SCREENING) for kind in (*PROVINCIAL, "chair_decision")),
]

UNCHOSEN = "Hãy chọn đúng cơ quan của tỉnh."
CONSULTEES = [
    *(
        ("chair_decision", name, CHAIR, True, UNCHOSEN)
        for name in ("Sở Tài chính", "Sở Nội vụ", "Sở Tư pháp", "Sở Khoa học và Công nghệ")
    ),
    *(
        (kind, "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội", LAW, False, f"{UNCHOSEN} {UNREAD}")
        for kind in PROVINCIAL
    ),
]

REPLY_DAYS = 15
REPLY_BASIS = f"Điều 30 {LAW}"
REPLY_NOTE = (
    "Điều 30 nói về lấy ý kiến chính sách. Dùng cho dự thảo của tỉnh là quy ước, chưa đối chiếu; "
    "hạn ghi trên công văn luôn được ưu tiên."
)


def fill(apps, schema_editor):
    StageRule = apps.get_model("policies", "StageRule")
    StageRule.objects.bulk_create(
        StageRule(
            document_type=kind, stage=OUT_OF_DRAFTING[kind], requirement=requirement, valid_from=_since(kind),
            legal_basis=basis, verified=verified, note=note,
        )
        for kind, requirement, basis, verified, note in STAGE_RULES
    )  # fmt: skip
    ConsulteeRule = apps.get_model("policies", "ConsulteeRule")
    ConsulteeRule.objects.bulk_create(
        ConsulteeRule(
            document_type=kind, name=name, valid_from=_since(kind), legal_basis=basis, verified=verified, note=note
        )
        for kind, name, basis, verified, note in CONSULTEES
    )
    apps.get_model("policies", "ReplyTerm").objects.create(
        days=REPLY_DAYS, valid_from=LAW_2025, legal_basis=REPLY_BASIS, verified=False, note=REPLY_NOTE
    )


NO = "what was said of a policy or a dossier is never changed"
# SQLite's INSERT OR REPLACE passes by the trigger on DELETE, so a second row under one key is refused too.
TABLES = {
    "policies_screening": "id = NEW.id",
    "policies_screeninganswer": "id = NEW.id OR (screening_id = NEW.screening_id AND question = NEW.question)",
    "policies_stagemove": "id = NEW.id",
}
SQLITE = [
    statement
    for table, same in TABLES.items()
    for statement in (
        *(
            f"CREATE TRIGGER {table}_stays_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{NO}'); END"
            for verb in ("UPDATE", "DELETE")
        ),
        f"CREATE TRIGGER {table}_stays_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{NO}'); END",
    )
]
POSTGRESQL = [
    f"""CREATE FUNCTION policies_said_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{NO}'; END $$""",
    *(
        f"CREATE TRIGGER {table}_stays_{name} BEFORE {verbs} ON {table} "
        f"FOR EACH {unit} EXECUTE FUNCTION policies_said_stays()"
        for table in TABLES
        for name, verbs, unit in (
            ("changed", "UPDATE OR DELETE", "ROW"),
            ("truncated", "TRUNCATE", "STATEMENT"),
        )
    ),
]


def install(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("policies", "0008_life_rules")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(install, elidable=False),
    ]
