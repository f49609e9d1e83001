"""When a comment was first answered, so that any past day can be counted again."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """Members join in the order of their ids and none leaves after a release: the first so many of them are
    those that an answer counted."""
    Answer = apps.get_model("answers", "Answer")
    PointMember = apps.get_model("answers", "PointMember")
    released = Answer.objects.filter(released_at__isnull=False).order_by("released_at", "id")
    for point, at, count in released.values_list("point", "released_at", "comments_count").iterator():
        members = PointMember.objects.filter(point=point).order_by("id").values_list("id", flat=True)[:count]
        PointMember.objects.filter(id__in=list(members), answered_at__isnull=True).update(answered_at=at)


class Migration(migrations.Migration):
    dependencies = [("answers", "0003_no_replacing")]

    operations = [
        migrations.AddField("pointmember", "answered_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
