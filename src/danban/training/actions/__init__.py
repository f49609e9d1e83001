"""Every write of training."""

from __future__ import annotations

from danban.training.actions.attendance import attend, mark_present
from danban.training.actions.certificates import issue_certificates, withdraw_certificate
from danban.training.actions.contacts import erase_contact, read_contact
from danban.training.actions.courses import add_question, keep_course, remove_question, state_need
from danban.training.actions.people import Named
from danban.training.actions.quiz import give_feedback, take_quiz
from danban.training.actions.registers import (
    dismiss,
    import_register,
    log_activity,
    recognise,
    record_export,
)
from danban.training.actions.registrations import (
    Ticket,
    import_people,
    record_people_exported,
    register,
    withdraw,
)
from danban.training.actions.sessions import (
    add_material,
    cancel_session,
    close_as_held,
    keep_session,
    open_session,
    remove_material,
)

__all__ = [
    "Named",
    "Ticket",
    "add_material",
    "add_question",
    "attend",
    "cancel_session",
    "close_as_held",
    "dismiss",
    "erase_contact",
    "give_feedback",
    "import_people",
    "import_register",
    "issue_certificates",
    "keep_course",
    "keep_session",
    "log_activity",
    "mark_present",
    "open_session",
    "read_contact",
    "recognise",
    "record_export",
    "record_people_exported",
    "register",
    "remove_material",
    "remove_question",
    "state_need",
    "take_quiz",
    "withdraw",
    "withdraw_certificate",
]
