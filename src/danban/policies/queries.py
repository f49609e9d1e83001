"""Reads of dossiers, their versions, provisions and how versions align."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from danban.accounts.models import Agency
from danban.common.text import fold
from danban.lawtext import Unit
from danban.policies.comparison import Article, compare
from danban.policies.models import (
    Alignment,
    BaseText,
    Consolidation,
    Dossier,
    PostingRule,
    Provision,
    Version,
)
from danban.policies.pairing import Pair, Row, pairs_by_address
from danban.policies.rules import open_doubts
from danban.policies.states import VersionState, WindowKind

IN_WORK = (VersionState.UPLOADED, VersionState.SUBMITTED, VersionState.RETURNED)

Counterpart = tuple[Provision | None, str]


def dossiers_listed(
    *, q: str = "", field: str = "", document_type: str = "", agency: int | None = None
) -> QuerySet[Dossier]:
    """Dossiers for officers, the newest first, each with ``newest_state`` and ``newest_number``.

    Every word of ``q`` must occur in the title, with or without marks.
    """
    newest = Version.objects.filter(dossier=OuterRef("pk")).order_by("-number")
    found = Dossier.objects.select_related("agency", "issuing_body").annotate(
        newest_state=Subquery(newest.values("state")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
    )
    for word in fold(q).split():
        found = found.filter(search_text__contains=word)
    if field:
        found = found.filter(field=field)
    if document_type:
        found = found.filter(document_type=document_type)
    if agency:
        found = found.filter(agency=agency)
    return found.order_by("-created_at", "-id")


def agencies_with_dossiers() -> QuerySet[Agency]:
    """Agencies that lead a dossier, for the filter of the list."""
    return Agency.objects.filter(pk__in=Dossier.objects.values("agency")).order_by("name", "id")


def slugs_like(base: str) -> list[str]:
    """Taken slugs that begin with a base."""
    return list(Dossier.objects.filter(slug__startswith=base).values_list("slug", flat=True))


def versions_of(dossier: Dossier) -> QuerySet[Version]:
    """All versions of a dossier, the newest first, with the people who moved them."""
    people = ("uploaded_by", "secrecy_checked_by", "released_by")
    return dossier.versions.select_related(*people).order_by("-number")


def versions_counted(dossier: Dossier) -> list[Version]:
    """The versions of a dossier, each with ``articles`` and open ``doubts`` counted; one query."""
    articles = Provision.objects.filter(version=OuterRef("pk"), unit=Unit.ARTICLE).order_by()
    counted = articles.values("version").annotate(n=Count("pk")).values("n")
    rows = versions_of(dossier).annotate(articles=Coalesce(Subquery(counted), 0), seen=F("text__doubts"))
    versions: list[Version] = list(rows)
    for version in versions:
        version.doubts = len(open_doubts(version.seen or ()))  # type: ignore[attr-defined]
    return versions


def unit_counts(version: Version) -> dict[str, int]:
    """How many provisions of each unit a version has; one query."""
    rows = Provision.objects.filter(version=version).order_by()
    return dict(rows.values_list("unit").annotate(Count("pk")))


def version_in_work(dossier: Dossier) -> Version | None:
    """The version that is neither released nor discarded; there is at most one."""
    return dossier.versions.filter(state__in=IN_WORK).first()


def released_versions(dossier: Dossier) -> QuerySet[Version]:
    """Published versions, the oldest first."""
    return dossier.versions.filter(state=VersionState.RELEASED).order_by("number")


def latest_released(dossier: Dossier) -> Version | None:
    return released_versions(dossier).last()


def released_before(version: Version) -> Version | None:
    """The published version that a version is compared with."""
    released = Version.objects.filter(
        dossier=version.dossier_id, state=VersionState.RELEASED, number__lt=version.number
    )
    return released.order_by("-number").first()


def awaiting_release(agencies: Iterable[int] | None) -> QuerySet[Version]:
    """Versions that wait for a second person, the longest waiting first; all agencies when None."""
    waiting = Version.objects.filter(state=VersionState.SUBMITTED).select_related(
        "dossier__agency", "uploaded_by"
    )
    if agencies is not None:
        waiting = waiting.filter(dossier__agency__in=list(agencies))
    return waiting.order_by("secrecy_checked_at", "id")


def provisions_of(version: Version | int) -> QuerySet[Provision]:
    """The provisions of a version in reading order; one query."""
    pk = version if isinstance(version, int) else version.pk
    return Provision.objects.filter(version=pk).order_by("position")


def provisions_among(ids: Iterable[int]) -> QuerySet[Provision]:
    """Provisions by their keys, in reading order."""
    return Provision.objects.filter(pk__in=list(ids)).order_by("version", "position")


def provision_at(version: Version, address: str) -> Provision | None:
    """The provision at an address of this version."""
    return Provision.objects.filter(version=version, address=address).first() if address else None


def alignments_of(old: Version | int, new: Version | int) -> list[Alignment]:
    """The pairs of two neighbouring versions in the order of the newer; repealed ones where they stood."""
    old_id = old if isinstance(old, int) else old.pk
    new_id = new if isinstance(new, int) else new.pk
    found = list(
        Alignment.objects.filter(version=new_id)
        .filter(Q(old__version=old_id) | Q(old__isnull=True))
        .select_related("old", "new")
    )
    after = {pair.old.position: pair.new.position for pair in found if pair.old and pair.new}
    return sorted(found, key=lambda pair: _reading_place(pair, after))


def rows_of(version: Version | int) -> tuple[list[Row], list[Provision]]:
    """The provisions of a version as plain rows (``parent`` is a place in the list), and as models."""
    provisions = list(provisions_of(version))
    return rows_among(provisions), provisions


def rows_among(provisions: Sequence[Provision]) -> list[Row]:
    """Provisions in reading order as plain rows; a parent that is not among them is none."""
    place_of = {provision.pk: place for place, provision in enumerate(provisions)}
    return [
        {
            "unit": provision.unit,
            "number": provision.number,
            "address": provision.address,
            "heading": provision.heading,
            "text": provision.text,
            "parent": place_of.get(provision.parent_id, -1) if provision.parent_id else -1,
        }
        for provision in provisions
    ]


def pairs_of(version: Version | int, before: Sequence[Provision], after: Sequence[Provision]) -> list[Pair]:
    """The alignments of a version as places in the two lists."""
    pk = version if isinstance(version, int) else version.pk
    old = {provision.pk: place for place, provision in enumerate(before)}
    new = {provision.pk: place for place, provision in enumerate(after)}
    found = Alignment.objects.filter(version=pk).order_by("id").values_list("old", "new", "change")
    return [
        [old[one] if one else -1, new[other] if other else -1, change]
        for one, other, change in found
        if one is None or one in old
    ]


def base_texts_of(version: Version) -> list[BaseText]:
    """The base texts kept for the dossier of a version, without their words; the newest first."""
    kept = BaseText.objects.filter(dossier=version.dossier_id).only("name", "file_name", "uploaded_at")
    return list(kept.order_by("-uploaded_at", "-id"))


def base_of(version: Version) -> dict[str, object]:
    """The name of the text a version amends (``base``, "" for none), and how much is ``left`` undone."""
    found = Consolidation.objects.filter(version=version).values_list("version__base__name", "left").first()
    name, left = found or ("", [])
    return {"base": name, "left": len(left)}


def consolidated(base: BaseText, made: Consolidation) -> list[Article]:
    """A base text beside itself as it would read; no query."""
    return compare(base.rows, made.rows, pairs_by_address(base.rows, made.rows))


def compared(old: Version | int, new: Version | int) -> list[Article]:
    """Two neighbouring versions article beside article; three queries."""
    before, olds = rows_of(old)
    after, news = rows_of(new)
    return compare(before, after, pairs_of(new, olds, news))


def _reading_place(pair: Alignment, after: dict[int, int]) -> tuple[int, int, int]:
    """A repealed provision reads after what its predecessor became."""
    if pair.new:
        return (pair.new.position, 0, pair.old.position if pair.old else 0)
    place = pair.old.position if pair.old else 0
    before = next((after[position] for position in range(place, -1, -1) if position in after), -1)
    return (before, 1, place)


def counterparts(old_provisions: Sequence[Provision], version: Version) -> dict[int, Counterpart]:
    """What each provision became in a later version: its id → (provision or None, change).

    Walks over the released versions between, so a provision repealed and never brought back ends as
    (None, "repealed"). Of several counterparts (a split) the first in reading order is given.
    One query a version on the way.
    """
    if not old_provisions:
        return {}
    start = old_provisions[0].version_id
    first = Version.objects.only("number", "dossier").get(pk=start)
    on_the_way = (
        Version.objects.filter(dossier=first.dossier_id, number__gt=first.number, number__lte=version.number)
        .filter(Q(state=VersionState.RELEASED) | Q(pk=version.pk))
        .order_by("number")
    )
    now: dict[int, Counterpart] = {provision.pk: (provision, "unchanged") for provision in old_provisions}
    for step in on_the_way:
        now = _one_version_on(now, step)
    return now


def _one_version_on(now: dict[int, Counterpart], version: Version) -> dict[int, Counterpart]:
    present = [provision.pk for provision, _change in now.values() if provision]
    became: dict[int, tuple[Provision | None, str]] = {}
    pairs = Alignment.objects.filter(version=version, old__in=present).select_related("new")
    for pair in pairs.order_by("new__position", "id"):
        assert pair.old_id is not None
        if pair.old_id not in became or became[pair.old_id][0] is None:
            became[pair.old_id] = (pair.new, pair.change)
    moved: dict[int, Counterpart] = {}
    for key, (provision, change) in now.items():
        after, later = became.get(provision.pk, (None, "repealed")) if provision else (None, "repealed")
        moved[key] = (after, later if later != "unchanged" or change == "unchanged" else change)
    return moved


def posting_rules_on(
    document_type: str, kind: str | Combinable, day: dt.date | Combinable
) -> QuerySet[PostingRule]:
    """The rules on least posting days that hold on a day, the latest first; also of each row of a query."""
    rules = PostingRule.objects.filter(document_type=document_type, window_kind=kind, valid_from__lte=day)
    return rules.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).order_by("-valid_from")


def posting_rule_for(document_type: str, kind: str, day: dt.date) -> PostingRule | None:
    """The rule on least posting days that holds on a day, or None where no rule is known."""
    return posting_rules_on(document_type, kind or WindowKind.OPINION, day).first()


def posting_rules() -> QuerySet[PostingRule]:
    return PostingRule.objects.order_by("document_type", "window_kind", "-valid_from")


def posting_rule_after(document_type: str, kind: str, day: dt.date) -> PostingRule | None:
    """The first rule that begins on or after a day."""
    rules = PostingRule.objects.filter(document_type=document_type, window_kind=kind, valid_from__gte=day)
    return rules.order_by("valid_from").first()
