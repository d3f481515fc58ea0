"""Questions about leads, contacts, campaigns and queues; each condition is written here once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import connection, models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Sum, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce, Greatest

from leadops.accounts.roles import Role, has_role
from leads.seeing import seen_by, together
from leads.stages import HELD_BY_REP, Origin, Stage

if TYPE_CHECKING:
    from leadops.accounts.models import User
    from leads.models import (  # noqa: F401 - named in the generics below
        Call,
        Campaign,
        CampaignCost,
        Consent,
        Contact,
        DuplicatePair,
        ImportedPast,
        Lead,
        Promotion,
        Queue,
        SavedView,
        TrackingLink,
    )

PUT_OFF = timedelta(days=7)
ASKED_FROM = 55
"""Points of likeness from which somebody is asked whether two are one person."""
CAMPAIGNS_OFFERED = 200

# Of each stage and channel the next leads, each from its own stretch of one index; then the next of all those.
_NEXT = """
    SELECT one.id FROM unnest(%s::varchar[]) stages(stage), unnest(%s::varchar[]) channels(channel), LATERAL (
        SELECT id FROM leads_lead
        WHERE stage = stages.stage AND channel = channels.channel {beyond} ORDER BY id {order} LIMIT %s
    ) one ORDER BY one.id {order} LIMIT %s
"""


class Place(NamedTuple):
    """Where a page begins in the order of keys: below a key going down, above it going up; without one, at the end."""

    key: int | None = None
    is_down: bool = True


class LeadQuerySet(models.QuerySet["Lead"]):
    def still_open(self) -> LeadQuerySet:
        return self.filter(closed_at__isnull=True)

    def closed(self) -> LeadQuerySet:
        return self.filter(closed_at__isnull=False)

    def listed(self) -> LeadQuerySet:
        """All but what an undone import had opened."""
        return self.exclude(stage=Stage.VOID)

    def overdue(self, at: datetime) -> LeadQuerySet:
        return self.still_open().filter(next_step_at__lt=at)

    def held_by(self, user: User) -> LeadQuerySet:
        return self.still_open().filter(owner=user)

    def owned_by(self, user: int) -> LeadQuerySet:
        """Held by a user, or closed in their name. Rides lead_of_owner and lead_closed_by_owner."""
        return self.filter(Q(closed_at__isnull=True, owner=user) | Q(closed_at__isnull=False, owner=user))

    def alone(self) -> LeadQuerySet:
        """Of each family without an open lead the one of the set that was closed last. Rides one_open_lead_a_family."""
        opened = type(self)(self.model).still_open().filter(family_id=OuterRef("family_id"))
        return self.filter(~Exists(opened)).order_by("family_id", "-closed_at", "-pk").distinct("family_id")

    def with_reps(self) -> LeadQuerySet:
        return self.still_open().filter(stage__in=HELD_BY_REP)

    def waiting_in_pools(self) -> LeadQuerySet:
        return self.still_open().filter(stage=Stage.MQL)

    def unanswered(self) -> LeadQuerySet:
        return self.filter(promised_by__isnull=False, answered_at__isnull=True)

    def as_moved_in(self) -> LeadQuerySet:
        """Moved in from another system, and never moved here. Rides move_of_lead."""
        moves = apps.get_model("leads", "LeadMove").objects.filter(lead=OuterRef("pk"))
        return self.filter(Exists(moves), ~Exists(moves.filter(is_imported=False)))

    def all_worked(self) -> LeadQuerySet:
        """Moved in with a file in which sales worked every lead: only of these is one without a result no lead that was forgotten."""
        return self.listed().filter(past__batch__options__is_history=True, past__batch__options__is_all_worked=True)

    def visible_to(self, user: User, *, one_by_one: bool | None = None) -> LeadQuerySet:
        """The leads that a user may see: marketers and administrators all, managers their teams', reps their own and their pools'.

        They are asked about `one_by_one` where few of the set are looked at, or found together by who holds them;
        unless it is said, managers' are the former and reps', who have few, the latter.
        """
        if user.has_perm("leads.see_all_leads"):
            return self
        seen = seen_by(user)
        if seen is None:
            return self.none()
        is_each = has_role(user, Role.SALES_MANAGER) if one_by_one is None else one_by_one
        if is_each:
            return self.filter(Q(owner__in=_of(user, seen.owners)) | Q(queue__in=_of(user, seen.queues)))
        return self.filter(pk__in=_of(user, together(seen)))

    def with_story(self) -> LeadQuerySet:
        """With all that a row of a list shows, in one query."""
        return self.select_related("contact__organisation", "campaign", "owner", "queue", "score")

    def next_of(self, stages: Collection[str], channels: Collection[str], place: Place, most: int) -> LeadQuerySet:
        """The next leads in some stages and channels by key, at most so many; as quick at any depth. Rides lead_of_stage."""
        way, order = ("<", "DESC") if place.is_down else (">", "ASC")
        beyond = "" if place.key is None else f"AND id {way} %s"
        values = [list(stages), list(channels), *([] if place.key is None else [place.key]), most, most]
        return self.filter(pk__in=RawSQL(_NEXT.format(beyond=beyond, order=order), values))  # noqa: S611 - our own words

    def next_keys(self, place: Place, most: int, *, are_few: bool = False) -> LeadQuerySet:
        """The next leads of the set by key, at most so many: chosen before anything is joined to them.

        A set of `are_few` is found and put in order, not met by going through all leads in the order of their keys.
        """
        rows = self.beyond(place)
        if are_few:
            rows = rows.order_by((F("pk") + 0).desc() if place.is_down else (F("pk") + 0).asc())
        return type(self)(self.model).filter(pk__in=rows.values("pk")[:most])

    def beyond(self, place: Place) -> LeadQuerySet:
        """The leads of the set behind a place, in the order of keys."""
        rows = self if place.key is None else self.filter(**{"pk__lt" if place.is_down else "pk__gt": place.key})
        return rows.order_by("-pk" if place.is_down else "pk")

    def near(self, place: Place, keys: int) -> LeadQuerySet:
        """Those of the set behind a place that have one of the next keys, in their order."""
        way = "-pk" if place.is_down else "pk"
        start: Combinable = Value(place.key, output_field=models.BigIntegerField())
        if place.key is None:
            first = type(self)(self.model).order_by(way).values("pk")[:1]
            start = Subquery(first, output_field=models.BigIntegerField())
        step = Value(keys, output_field=models.BigIntegerField())
        rows = self.beyond(place)
        return rows.filter(pk__gt=start - step) if place.is_down else rows.filter(pk__lt=start + step)


def _of(user: User, statement: str) -> RawSQL:
    """A statement of what a user sees, for that user."""
    sql = statement.format(reader="%s")
    return RawSQL(sql, [user.pk] * sql.count("%s"))  # noqa: S611 - our own words


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def counted(self) -> PromotionQuerySet:
        """What the figures count: leads of marketing origin, not imported as history, not void."""
        return self.filter(origin=Origin.MARKETING, is_imported=False, voided_at__isnull=True)

    def delivered(self, since: datetime, until: datetime) -> PromotionQuerySet:
        return self.counted().filter(mql_at__gte=since, mql_at__lt=until)

    def followed_up(self) -> PromotionQuerySet:
        return self.filter(first_follow_up_at__isnull=False)

    def broken(self, at: datetime) -> PromotionQuerySet:
        """The promise has passed, and nothing answered it at or before it."""
        return self.filter(Q(answered_at__isnull=True) | Q(answered_at__gt=F("promised_by")), promised_by__lt=at)

    def never_followed_up(self, at: datetime) -> PromotionQuerySet:
        return self.broken(at).filter(first_follow_up_at__isnull=True)


class ImportedPastQuerySet(models.QuerySet["ImportedPast"]):
    def due(self) -> ImportedPastQuerySet:
        """At which the app above has to look. Rides past_due."""
        return self.filter(is_due=True)

    def resting(self) -> ImportedPastQuerySet:
        """Of leads that stand as they were moved in: nobody moved them, and their person did nothing since."""
        moves = apps.get_model("leads", "LeadMove").objects.filter(lead=OuterRef("lead"), is_imported=False)
        since = apps.get_model("leads", "Engagement").objects.filter(
            contact__family_id=OuterRef("lead__family_id"), recorded_at__gt=OuterRef("moved_in_at")
        )
        return self.filter(~Exists(moves), ~Exists(since.exclude(batch=OuterRef("batch"))))


class ContactQuerySet(models.QuerySet["Contact"]):
    def new_ids(self, count: int) -> list[int]:
        """Keys for `count` contacts to come: a root's family is its own key, so that it must be known before."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('leads_contact', 'id')) FROM generate_series(1, %s)", [count]
            )
            return [row[0] for row in cursor.fetchall()]

    def roots(self) -> ContactQuerySet:
        return self.filter(merged_into__isnull=True)

    def listed(self) -> ContactQuerySet:
        """All but those of whom nothing is known but what an undone import had brought."""
        return self.filter(voided_at__isnull=True)

    def visible_to(self, user: User) -> ContactQuerySet:
        if user.has_perm("leads.see_all_leads"):
            return self.listed()
        leads = LeadQuerySet(apps.get_model("leads", "Lead")).visible_to(user)
        return self.listed().filter(Exists(leads.filter(family_id=OuterRef("family_id"))))


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def named(self, name: str) -> CampaignQuerySet:
        return self.filter(name__iexact=name.strip())

    def running(self, day: date) -> CampaignQuerySet:
        """Begun, and not over; a campaign without dates always runs."""
        has_begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        return self.filter(has_begun, Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def past(self, day: date) -> CampaignQuerySet:
        return self.filter(ends_on__lt=day)

    def to_come(self, day: date) -> CampaignQuerySet:
        return self.filter(starts_on__gt=day)

    def offered(self, chosen: int | None = None) -> CampaignQuerySet:
        """The newest, and the one that was chosen before, by name: as many as somebody picks one from."""
        newest = self.order_by("-pk").values("pk")[:CAMPAIGNS_OFFERED]
        return self.filter(Q(pk__in=newest) | Q(pk=chosen)).order_by("name")

    def with_figures(self) -> CampaignQuerySet:
        """With `planned` and `spent` in the campaign's currency (None where nothing was booked) and the leads `opened`.

        Rides lead_of_campaign; the void are few, so they are counted apart and taken off.
        """
        costs = CampaignCostQuerySet(apps.get_model("leads", "CampaignCost")).filter(campaign=OuterRef("pk")).standing()
        leads = LeadQuerySet(apps.get_model("leads", "Lead")).filter(campaign=OuterRef("pk")).order_by()
        count = leads.values("campaign").annotate(count=Count("pk")).values("count")
        return self.annotate(
            planned=Subquery(costs.total("budget")),
            spent=Subquery(costs.total("actual")),
            opened=Coalesce(Subquery(count), 0) - Coalesce(Subquery(count.filter(stage=Stage.VOID)), 0),
        )


class CampaignCostQuerySet(models.QuerySet["CampaignCost"]):
    def standing(self) -> CampaignCostQuerySet:
        """Neither voids nor what they voided."""
        return self.filter(voids__isnull=True, voided_by__isnull=True)

    def total(self, kind: str) -> models.QuerySet[CampaignCost, Any]:
        """The sum of the lines of one kind, of each campaign, for a subquery."""
        return self.filter(kind=kind).order_by().values("campaign").annotate(total=Sum("amount")).values("total")


class TrackingLinkQuerySet(models.QuerySet["TrackingLink"]):
    def with_figures(self) -> TrackingLinkQuerySet:
        """With the `enquiries` that came by each, the `leads` among them that are not void, and when the last one came.

        Rows of files count where they were new enquiries; a lead of both counts once. All leads are counted, and the void
        ones, who are few, taken off: no lead is looked at but those of rows. Rides intake_by_tracking_link,
        import_row_by_tracking_link and lead_void.
        """
        came = apps.get_model("leads", "Intake").objects.filter(tracking_link=OuterRef("pk")).order_by()
        rows = apps.get_model("leads", "ImportRow").objects.filter(tracking_link=OuterRef("pk")).order_by()
        leads, void = _leads(came, "lead"), _leads(came.filter(lead__stage=Stage.VOID), "lead")
        return self.annotate(
            enquiries=_number(came, "tracking_link") + _number(rows, "tracking_link"),
            leads=leads - void + _leads(_of_files_alone(rows), "lead_id"),
            last_at=Greatest(_last(came, "received_at"), _last(rows, "batch__created_at")),
        )


def _number(came: models.QuerySet[Any, Any], name: str, *, distinct: bool = False) -> Combinable:
    """How many of these came by each tracking link, for a subquery."""
    counted = came.values("tracking_link").annotate(n=Count(name, distinct=distinct)).values("n")
    return Coalesce(Subquery(counted), 0)


def _leads(came: models.QuerySet[Any, Any], name: str) -> Combinable:
    return _number(came, name, distinct=True)


def _last(came: models.QuerySet[Any, Any], name: str) -> Subquery:
    return Subquery(came.values("tracking_link").annotate(last=Max(name)).values("last"))


def _of_files_alone(rows: models.QuerySet[Any, Any]) -> models.QuerySet[Any, Any]:
    """Rows whose leads are not void, and did not come by the link otherwise too."""
    came = apps.get_model("leads", "Intake").objects
    otherwise = came.filter(tracking_link=OuterRef("tracking_link"), lead=OuterRef("lead_id"))
    void = apps.get_model("leads", "Lead").objects.filter(pk=OuterRef("lead_id"), stage=Stage.VOID)
    return rows.filter(~Exists(otherwise), ~Exists(void))


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> ConsentQuerySet:
        """Neither voids nor what they voided."""
        return self.filter(voids__isnull=True, voided_by__isnull=True)

    def about(self, purpose: str) -> ConsentQuerySet:
        """What counts for a purpose: a yes to it, by consent or as a customer, its withdrawal, and objections, which are to every purpose."""
        basis = self.model.Basis
        own = Q(purpose=purpose, basis__in=(basis.CONSENT, basis.CUSTOMER))
        return self.filter(Q(basis=basis.OBJECTION) | own)

    def last_words(self) -> ConsentQuerySet:
        """Of each family the statement that stands and was made last, whenever it reached us."""
        made = Coalesce("withdrawn_at", "given_at").desc()
        return self.standing().order_by("contact__family_id", made, "-pk").distinct("contact__family_id")


class QueueQuerySet(models.QuerySet["Queue"]):
    def pools(self) -> QueueQuerySet:
        return self.filter(kind__in=self.model.POOLS)

    def able_to_act(self) -> QueueQuerySet:
        return self.filter(is_active=True, members__user__is_active=True).distinct()


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> SavedViewQuerySet:
        """A reader's own, and those that others share."""
        return self.filter(Q(owner=user) | Q(is_shared=True))


class ErrandQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ErrandQuerySet:
        """What somebody asked for themselves; administrators see everybody's."""
        return self if has_role(user, Role.ADMIN) else self.filter(by=user)

    def to_do(self) -> ErrandQuerySet:
        """What is still to be done, or lost whoever did it."""
        return self.filter(state__in=("waiting", "running", "undoing")).order_by("pk")


class CallListQuerySet(ErrandQuerySet):
    def visible_to(self, user: User) -> CallListQuerySet:
        """All for who sees all leads; for others those that they call for."""
        return self if user.has_perm("leads.see_all_leads") else self.called_by(user)

    def called_by(self, user: User) -> CallListQuerySet:
        return self.filter(callers=user)

    def under_way(self) -> CallListQuerySet:
        return self.filter(closed_at__isnull=True)


class CallQuerySet(models.QuerySet["Call"]):
    def standing(self) -> CallQuerySet:
        """Neither voids nor what they voided."""
        return self.filter(voids__isnull=True, voided_by__isnull=True)


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    def standing(self) -> DuplicatePairQuerySet:
        """Of two contacts that are there, neither of them folded into another."""
        gone = ("merged_into", "erased_at", "voided_at")
        return self.filter(**{f"{side}__{name}__isnull": True for side in ("left", "right") for name in gone})

    def undecided(self, at: datetime) -> DuplicatePairQuerySet:
        """Alike enough to ask, and nobody said what they are; what was put off comes back after a week."""
        is_open = Q(decision="") | Q(decision="later", decided_at__lt=at - PUT_OFF)
        return self.standing().filter(is_open, decision__in=("", "later"), score__gte=ASKED_FROM)

    def sure(self, least: int, at: datetime) -> DuplicatePairQuerySet:
        """Undecided ones of at least so many points, likeliest first; not what was put off, or merged and taken back."""
        waiting = self.undecided(at).filter(decision="", score__gte=least)
        never_merged = waiting.exclude(left__merges_won__loser=F("right")).exclude(right__merges_won__loser=F("left"))
        return never_merged.order_by("-score", "pk")

    def after(self, pair: DuplicatePair) -> DuplicatePairQuerySet:
        """Those that come after it, likeliest first. Rides pair_to_decide."""
        is_behind = Q(score__lt=pair.score) | Q(score=pair.score, pk__gt=pair.pk)
        return self.filter(is_behind, score__lte=pair.score).order_by("-score", "pk")

    def before(self, pair: DuplicatePair) -> DuplicatePairQuerySet:
        """Those that come before it, the nearest first."""
        is_ahead = Q(score__gt=pair.score) | Q(score=pair.score, pk__lt=pair.pk)
        return self.filter(is_ahead, score__gte=pair.score).order_by("score", "-pk")

    def with_people(self) -> DuplicatePairQuerySet:
        return self.select_related("left__organisation", "right__organisation", "merge")
