"""What a body may, who has seats in it by rule, and who holds them: mandat, plass, verv."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from samspill.directory.public import EVERY_ROW, Bloc, CommunityOwned, DateSpan, tracked
from samspill.governance.states import (
    Authority,
    DecisionMethod,
    Parity,
    Represents,
    Role,
    RoundState,
)


class _Open(CommunityOwned):
    """What a helsefellesskap is and who sits where is for everybody to read."""

    class Meta:
        abstract = True

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW


def _span() -> DateSpan:
    return DateSpan(F("from_day"), F("to_day"), Value("[)"))


@tracked()
class Mandate(_Open):
    """A version of what a body is for and what it may, from a day on; the newest that has begun holds.

    A body without a mandate advises. `given_by` is the decision that gave it, `lifts_to` the body that a
    case goes to when it is larger than this one may decide.
    """

    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="mandates")
    version = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    purpose = models.TextField()
    tasks = models.TextField(blank=True)
    authority = models.CharField(max_length=16, choices=Authority, default=Authority.ADVISORY)
    limits = models.TextField(blank=True)
    lifts_to = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reports_to = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    themes = models.JSONField(default=list, blank=True)
    review_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        "governance.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    given_by_words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["body", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "version"], name="mandate_version_once"),
            models.UniqueConstraint(fields=["body", "from_day"], name="mandate_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.version}"


@tracked()
class RepresentationRule(_Open):
    """How a body is put together from a day until (not including) another.

    parity              how voting seats of the two sides relate
    covers_all          every municipality is to be covered by a seat, its own or its region's
    users_at_least      seats for user representatives
    chair_months        months until the chair goes to the other side; empty when it does not alternate
    chair_begins        the side that has the chair first, counted from `from_day`
    deputy_other_side   chair and deputy chair come from different sides
    host_alternates     the sides take turns to host
    quorum_per_bloc     voting members of each side that must be there to decide; 0 asks for none
    open_meetings       whether anybody may come and listen
    """

    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="rules")
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    parity = models.CharField(max_length=16, choices=Parity, default=Parity.EQUAL)
    covers_all = models.BooleanField(default=False)
    users_at_least = models.PositiveSmallIntegerField(default=0)
    chair_months = models.PositiveSmallIntegerField(null=True, blank=True)
    chair_begins = models.CharField(max_length=12, choices=Bloc, blank=True)
    deputy_other_side = models.BooleanField(default=False)
    host_alternates = models.BooleanField(default=False)
    decision_method = models.CharField(
        max_length=20, choices=DecisionMethod, default=DecisionMethod.CONSENSUS
    )
    quorum_per_bloc = models.PositiveSmallIntegerField(default=0)
    open_meetings = models.BooleanField(default=False)

    class Meta:
        ordering = ["body", "-from_day"]
        constraints = [
            ExclusionConstraint(
                name="representation_rule_one_at_a_time",
                expressions=[(F("body"), RangeOperators.EQUAL), (_span(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gt=F("from_day")),
                name="representation_rule_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(chair_months__isnull=True) | ~Q(chair_begins=""),
                name="representation_rule_alternating_chair_has_a_first_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.from_day}"


class Rights(_Open):
    """What a seat lets its holder do; each right stands by itself."""

    may_meet = models.BooleanField(default=True)
    may_speak = models.BooleanField(default=True)
    may_propose = models.BooleanField(default=True)
    may_vote = models.BooleanField(default=True)

    class Meta:
        abstract = True


@tracked()
class SeatRule(Rights):
    """A line of a representation rule: so many seats for somebody, or one for each municipality or region.

    appointed_by  who appoints, in words: «kommunedirektøren», «Regionrådet»
    """

    rule = models.ForeignKey(RepresentationRule, on_delete=models.CASCADE, related_name="seat_rules")
    order = models.PositiveSmallIntegerField(default=0)
    represents = models.CharField(max_length=20, choices=Represents)
    bloc = models.CharField(max_length=12, choices=Bloc, blank=True)
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        "directory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region_kind = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seats = models.PositiveSmallIntegerField(default=1)
    appointed_by = models.CharField(max_length=120, blank=True)
    is_user_seat = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.get_represents_display()} × {self.seats}"


@tracked()
class Seat(Rights):
    """A place in a body, apart from who holds it; a seat nobody holds is vacant, and is seen.

    `bloc` is the side it counts for, empty for those who stand outside the two sides.
    """

    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="seats")
    seat_rule = models.ForeignKey(
        SeatRule, on_delete=models.PROTECT, null=True, blank=True, related_name="seats_made"
    )
    order = models.PositiveSmallIntegerField(default=0)
    represents = models.CharField(max_length=20, choices=Represents)
    bloc = models.CharField(max_length=12, choices=Bloc, blank=True)
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        "directory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    label = models.CharField(max_length=120, blank=True)
    appointed_by = models.CharField(max_length=120, blank=True)
    is_user_seat = models.BooleanField(default=False)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["body", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(represents=Represents.PARTY, party__isnull=False)
                | Q(represents=Represents.REGION, region__isnull=False)
                | (Q(represents=Represents.BLOC) & ~Q(bloc=""))
                | Q(represents=Represents.ORGANISATION),
                name="seat_represents_somebody",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gt=F("from_day")),
                name="seat_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(may_vote=False) | ~Q(bloc=""), name="seat_with_vote_has_a_side"
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.party or self.region or self.organisation or self.get_bloc_display())


@tracked()
class Tenure(_Open):
    """A person holds a seat, or stands in for its holder, from a day until (not including) another.

    The name stands here as it was: that somebody sat in a committee is a public fact, and stays one when
    the person's own data are erased.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey(
        "directory.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="tenures"
    )
    name = models.CharField(max_length=160)
    title = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=16, choices=Role, default=Role.MEMBER)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    appointed_by = models.CharField(max_length=200, blank=True)

    PERSONAL = ("name", "title")

    class Meta:
        ordering = ["seat", "from_day", "pk"]
        constraints = [
            ExclusionConstraint(
                name="tenure_one_holder_at_a_time",
                expressions=[(F("seat"), RangeOperators.EQUAL), (_span(), RangeOperators.OVERLAPS)],
                condition=~Q(role=Role.SUBSTITUTE),
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gt=F("from_day")),
                name="tenure_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class AppointmentRound(CommunityOwned):
    """Everybody who appoints to a body is asked for names for a period, by a day."""

    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="rounds")
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    answer_by = models.DateField()
    words = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.OPEN)

    class Meta:
        ordering = ["-from_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(state=RoundState.OPEN), name="appointment_round_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.from_day}"


@tracked()
class Nomination(CommunityOwned):
    """A name for a seat in an appointment round, given by the party, region or organisation it stands for."""

    round = models.ForeignKey(AppointmentRound, on_delete=models.PROTECT, related_name="nominations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nominations")
    role = models.CharField(max_length=16, choices=Role, default=Role.MEMBER)
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    title = models.CharField(max_length=160, blank=True)
    given_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tenure = models.OneToOneField(
        Tenure, on_delete=models.PROTECT, null=True, blank=True, related_name="nomination"
    )

    PERSONAL = ("name", "email", "title")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "seat"], condition=~Q(role=Role.SUBSTITUTE), name="nomination_one_holder"
            ),
        ]

    def __str__(self) -> str:
        return self.name
