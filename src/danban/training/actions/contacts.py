"""Contact data of who registered: every look is recorded, and they can be erased."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common.contact import ContactData, seal, unseal
from danban.training import rules
from danban.training.models import Registration, RegistrationContact
from danban.training.states import Act


def keep_contact(registration: Registration, contact: ContactData) -> None:
    """Seal what someone left, in the transaction of their registration."""
    sealed = seal(contact, _bound_to(registration))
    RegistrationContact.objects.create(registration=registration, sealed=sealed)


@transaction.atomic
def read_contact(*, registration: Registration, by: User) -> ContactData:
    """How to reach someone. The audit keeps who looked."""
    contact = _contact_of(registration)
    record(Act.CONTACT_VIEWED, actor=actor_name(by), rows=[registration])
    return unseal(contact.sealed, _bound_to(registration))


def address_of(registration: Registration) -> str:
    """Where to write about the session; what someone left is used for that alone, and nobody sees it."""
    return unseal(registration.contact.sealed, _bound_to(registration)).email


@transaction.atomic
def erase_contact(*, registration: Registration, by: User) -> None:
    """Delete what someone left; the registration stays."""
    _contact_of(registration).delete()
    record(Act.CONTACT_ERASED, actor=actor_name(by), rows=[registration])


def _contact_of(registration: Registration) -> RegistrationContact:
    contact = RegistrationContact.objects.filter(registration=registration).first()
    if contact is None:
        raise rules.TrainingRefused(_("Người này không để lại liên hệ."))
    return contact


def _bound_to(registration: Registration) -> str:
    return f"registration:{registration.pk}"
