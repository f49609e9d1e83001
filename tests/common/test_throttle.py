from django.test import RequestFactory

from danban.common.throttle import TokenBucket, network_of


def test_a_bucket_empties_and_fills_again():
    bucket = TokenBucket()
    assert [bucket.take(("mạng", 1), 2, now=0.0) for _ in range(3)] == [True, True, False]
    assert bucket.take(("mạng", 1), 2, now=30.0)
    assert bucket.take(("mạng khác", 1), 2, now=0.0)


def test_one_network_is_one_sender_and_a_forged_header_changes_nothing(settings):
    def seen(**meta):
        return network_of(RequestFactory().get("/", **meta))

    assert seen(REMOTE_ADDR="203.0.113.7") == seen(REMOTE_ADDR="203.0.113.99") == "203.0.113.0/24"
    assert seen(REMOTE_ADDR="2001:db8::1") == "2001:db8::/56"
    # One socket on :: gives IPv4 in this form; all of it must not be one network.
    assert seen(REMOTE_ADDR="::ffff:203.0.113.7") == "203.0.113.0/24"
    assert seen(REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.1") == "203.0.113.0/24"
    settings.TRUSTED_PROXIES = 1
    assert seen(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.1") == "198.51.100.0/24"
