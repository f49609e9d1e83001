"""Targets that Decision 407/QĐ-TTg sets, and a term for answering that no law sets."""

import datetime as dt

from django.db import migrations
from django.utils import timezone

BASIS = "Quyết định số 407/QĐ-TTg ngày 30/3/2022 của Thủ tướng Chính phủ"
NO_TERM = (
    "Chưa tìm thấy quy định về hạn công bố trả lời từng ý kiến. Số ngày này là mức tạm để đo; "
    "hãy đặt mức của tỉnh."
)
UNREAD = "Mức này chưa được đối chiếu với văn bản chính thức."

# figure, value in per cent, days, from, to, basis, note
TARGETS = [
    ("coverage", 70, None, dt.date(2022, 3, 30), dt.date(2022, 12, 31), BASIS, UNREAD),
    ("coverage", 100, None, dt.date(2023, 1, 1), None, BASIS, UNREAD),
    ("answered_on_time", None, 30, dt.date(2022, 1, 1), None, "Chưa có quy định", NO_TERM),
]


def fill(apps, schema_editor):
    KpiTarget = apps.get_model("reports", "KpiTarget")
    KpiTarget.objects.bulk_create(
        KpiTarget(
            kpi=kpi, value=value, days=days, valid_from=start, valid_to=end, legal_basis=basis, note=note,
            set_at=timezone.now(),
        )
        for kpi, value, days, start, end, basis, note in TARGETS
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_programme")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=False)]
