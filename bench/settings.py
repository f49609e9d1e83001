"""A server as a province runs it, but over plain HTTP on loopback, without the limit on one network, and
with officers who have no second factor (which is looked up once in ten minutes)."""

from danban.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-measurements-" + "x" * 50
CONTACT_KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
PROVINCE = "tỉnh Đo Tốc Độ"
COMMENTS_PER_MINUTE = 10**9
SECOND_FACTOR_REQUIRED = False
