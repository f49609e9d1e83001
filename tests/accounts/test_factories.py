import pytest

from danban.accounts.states import Role
from danban.policies.models import Provision
from tests.factories import CommentFactory, UserFactory


@pytest.mark.django_db
def test_one_comment_brings_a_whole_dossier_with_it():
    comment = CommentFactory()
    assert Provision.objects.filter(version=comment.version).count() == 4
    assert comment.version.released_by != comment.version.uploaded_by


@pytest.mark.django_db
def test_a_person_has_the_role_asked_for():
    user = UserFactory(role=Role.DRAFTER)
    assert [m.role for m in user.memberships.all()] == [Role.DRAFTER]
