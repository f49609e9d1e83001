"""Akoma Ntoso 3.0 (OASIS LegalDocML): export valid against its schema, and import of the same.

``eId`` is the number path in this version (``art_5__para_2__point_dd``), ``wId`` the identity that
survives a renumbering, when the caller knows it. What Akoma Ntoso has no element for (tables, loose
text, footnotes) becomes an ``hcontainer`` with a name, so that nothing of the document is lost.
"""

from danban.lawtext.akn.identity import Identity, identity_of
from danban.lawtext.akn.read import AknError, from_akn
from danban.lawtext.akn.write import to_akn

__all__ = ["AknError", "Identity", "from_akn", "identity_of", "to_akn"]
