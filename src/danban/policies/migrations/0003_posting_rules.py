"""Least posting days, as far as they are known. A row that nobody read in the official text says so."""

import datetime as dt

from django.db import migrations

LAW_2015, END_2015 = dt.date(2016, 7, 1), dt.date(2025, 3, 31)
LAW_2025 = dt.date(2025, 4, 1)
REFORM = dt.date(2025, 7, 1)

BASIS_2015 = "Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13, sửa đổi bởi Luật số 63/2020/QH14"
BASIS_2025 = "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15, sửa đổi bởi Luật số 87/2025/QH15; Nghị định số 78/2025/NĐ-CP, sửa đổi bởi Nghị định số 187/2025/NĐ-CP"
CHAIR = "Điều 51a Nghị định số 78/2025/NĐ-CP, được bổ sung bởi Nghị định số 187/2025/NĐ-CP"

UNREAD = "Số ngày chưa được đối chiếu với văn bản chính thức."
CAUTIOUS = (
    "Chưa tìm thấy số ngày cho loại văn bản này; tạm lấy mức cao hơn để không đăng tải thiếu ngày. "
    "Hãy đối chiếu văn bản chính thức và quy định của tỉnh rồi xác nhận."
)
CONSULT = (
    "Phải lấy ý kiến các sở: Tài chính, Nội vụ, Tư pháp, Khoa học và Công nghệ. "
    "Ý kiến phải được tiếp thu, giải trình đầy đủ trước khi hoàn thiện hồ sơ."
)
CRITICISED = f"{UNREAD} Dự thảo có yếu tố thương mại: Việt Nam cam kết với WTO đăng tải không dưới 60 ngày."

CENTRAL = ("law", "ordinance", "decree", "pm_decision", "circular")

# document type, least days, from, to, basis, read in the official text, note
RULES = [
    *((kind, 60, LAW_2015, END_2015, BASIS_2015, False, CRITICISED) for kind in CENTRAL),
    ("provincial_resolution", 30, LAW_2015, END_2015, BASIS_2015, False, UNREAD),
    ("provincial_decision", 30, LAW_2015, END_2015, BASIS_2015, False, UNREAD),
    *((kind, 20, LAW_2025, None, BASIS_2025, False, UNREAD) for kind in CENTRAL),
    ("provincial_resolution", 20, LAW_2025, None, BASIS_2025, False, f"{CAUTIOUS} Phải đăng tải cả hồ sơ, không chỉ dự thảo."),
    ("provincial_decision", 20, LAW_2025, None, BASIS_2025, False, CAUTIOUS),
    ("chair_decision", 10, REFORM, None, CHAIR, True, CONSULT),
    ("commune_resolution", 20, REFORM, None, BASIS_2025, False, CAUTIOUS),
    ("commune_decision", 20, REFORM, None, BASIS_2025, False, CAUTIOUS),
]  # fmt: skip


def fill(apps, schema_editor):
    PostingRule = apps.get_model("policies", "PostingRule")
    PostingRule.objects.bulk_create(
        PostingRule(
            document_type=kind, window_kind="opinion", min_days=days, valid_from=start, valid_to=end,
            legal_basis=basis, verified=verified, note=note,
        )
        for kind, days, start, end, basis, verified, note in RULES
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_released_text_stays")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=False)]
