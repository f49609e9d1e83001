"""What no request gets past."""

import pytest
from django.urls import reverse

from danban.accounts.states import Role
from tests.factories import UserFactory, WindowFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/du-thao/?q=%00", "/du-thao/?linh-vuc=a%00b", "/en/du-thao/?q=%00", "/khong-co%00/"]
)
def test_a_nul_in_the_address_is_refused_in_words(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert 'href="#noi-dung"' in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_no_article_and_no_list_of_officers_breaks_over_a_nul(client, sign_in):
    window = WindowFactory()
    assert client.get(f"/du-thao/{window.dossier.slug}/dieu-1%00/").status_code == 400
    admin = sign_in(UserFactory(role=Role.ADMIN))
    for name, asked in (("operations:log", "ai"), ("accounts:people", "q"), ("policies:dossiers", "q")):
        assert admin.get(f"{reverse(name)}?{asked}=%00").status_code == 400
