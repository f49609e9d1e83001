"""What is known of who may be recognised. Nobody read it in the official text yet, and each row says so."""

import datetime as dt

from django.db import migrations

BASIS = "Thông tư số 10/2016/TT-BTP của Bộ trưởng Bộ Tư pháp"
UNREAD = "Chưa được đối chiếu với văn bản chính thức và các sửa đổi sau này; hãy đối chiếu trước khi dùng."

RULES = [
    (
        "rapporteur",
        "Có bằng cử nhân luật và ít nhất 2 năm làm công tác pháp luật; hoặc bằng cử nhân ngành khác và ít nhất 3 năm.",
    ),
    (
        "propagandist",
        "Do cấp xã công nhận. Khác với tuyên truyền viên cơ sở của Nghị định số 49/2024/NĐ-CP.",
    ),
]  # fmt: skip


def fill(apps, schema_editor):
    rule = apps.get_model("training", "QualificationRule")
    rule.objects.bulk_create(
        rule(
            duty=duty,
            words=words,
            legal_basis=BASIS,
            valid_from=dt.date(2016, 7, 1),
            verified=False,
            note=UNREAD,
        )
        for duty, words in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
