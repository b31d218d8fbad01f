"""«Be om samtykke»: parties are asked with their share, and answer for it, from a mail or on the page."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Party, check_may, record
from samspill.plans.actions.funds.applications import check_may_write, check_money, lock_application, settle
from samspill.plans.actions.funds.moments import moment
from samspill.plans.models import Application, Endorsement
from samspill.plans.permissions import MAY
from samspill.plans.queries.funds.applications import (
    community_parties,
    people_of_party,
    shares_of,
    standing,
)
from samspill.plans.rules.funds.access import check_acts_for, check_here
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.rules.funds.consents import check_answer
from samspill.plans.states import WRITABLE, Consent
from samspill.refusal import Refused
from samspill.worklist.public import Ask, Asked, LinkAct, Words, notify

ENDORSE = "plans.endorse"
TITLE_FITS = 70


def ask_consent(application: Application, *, parties: Iterable[int], by: Actor) -> list[Endorsement]:
    """Ask each of `parties` (those who pay, the applicant and others who take part) for its yes.

    A party that is asked already is not asked twice. Refuses a budget that does not add up, because a consent
    names the amount it is given to.
    """
    with transaction.atomic():
        application = lock_application(application)
        check_may_write(application, by)
        if not application.need.strip() or not application.work.strip():
            raise Refused(
                "funds.ask_early",
                gettext_lazy("Write the need and the work first, so that they know what they say yes to."),
            )
        check_money(application)
        here = {party.pk: party for party in community_parties(application.community_id)}
        asked = {one.party_id for one in standing(application)}
        wanted = [here[pk] for pk in parties if pk in here and pk not in asked]
        if not wanted:
            raise Refused("funds.nobody", gettext_lazy("Everybody you chose is asked already."))
        shares = shares_of(application)
        return [_ask(application, party, shares.get(party.pk, {}), by) for party in wanted]


def _ask(application: Application, party: Party, share: Mapping[int, int], by: Actor) -> Endorsement:
    endorsement = Endorsement.objects.create(
        community_id=application.community_id,
        application=application,
        party=party,
        share={str(year): nok for year, nok in share.items()},
        asked_at=moment(by),
        asked_by_id=by.account_id,
    )
    record(by=by, act="fund.ask", on=application, party=str(party), share=endorsement.share)
    notify(
        to=[one for one in people_of_party(party.pk, by) if one.pk != by.account_id],
        key=f"plans.endorse:{endorsement.pk}",
        words=partial(_words, application, endorsement),
        by=by,
        path=reverse("plans:fund-consents", args=[application.pk]),
        asks=[Ask(ENDORSE, endorsement.pk, {"answer": Consent.YES.value})],
    )
    return endorsement


def _words(application: Application, endorsement: Endorsement) -> Words:
    text = _(
        "%(applicant)s applies for joint funds and asks for your consent. Your share is %(share)s. "
        "To say no, or yes with a remark, open the page."
    )
    return Words(
        _("Does %(party)s say yes to «%(title)s»?")
        % {"party": endorsement.party.name, "title": Truncator(application.title).chars(TITLE_FITS)},
        text % {"applicant": application.applicant.name, "share": kroner(endorsement.total)},
    )


def answer_consent(
    endorsement: Endorsement, *, answer: str, words: str = "", by: Actor, via: str = "page"
) -> Endorsement:
    """A party's director or member answers for it. The last answer stands; history keeps all."""
    check_here(by, endorsement.community_id)
    check_may(by, "funds.endorse", MAY)
    check_acts_for(by, endorsement.party_id)
    check_answer(answer, words)
    with transaction.atomic():
        application = lock_application(Application(pk=endorsement.application_id))
        endorsement = _standing(endorsement.pk)
        if application.state not in WRITABLE:
            raise Refused(
                "funds.answered_late",
                gettext_lazy("The application is sent, so the answer stands as it was."),
            )
        endorsement.answer, endorsement.words = answer, words.strip()[:1000]
        endorsement.answered_at, endorsement.answered_by_id = moment(by), by.account_id
        endorsement.by_name = by.name
        endorsement.save()
        settle(application)
        record(
            by=by, act="fund.consent", on=application, on_behalf_of=endorsement.party,
            answer=answer, share=endorsement.share, via=via,
        )  # fmt: skip
    return endorsement


def _standing(pk: int) -> Endorsement:
    found = (
        Endorsement.objects.select_related("party", "application").filter(pk=pk, withdrawn_because="").first()
    )
    if found is None:
        raise Refused(
            "funds.consent_gone",
            gettext_lazy("The share has been changed since you were asked, so you will be asked anew."),
        )
    return found


def _asked(thing: int, actor: Actor) -> Endorsement:
    """The question, if it still waits for the actor. Refuses otherwise."""
    endorsement = _standing(thing)
    check_acts_for(actor, endorsement.party_id)
    if endorsement.answer or endorsement.application.state not in WRITABLE:
        raise Refused(
            "funds.consent_answered",
            _("%(party)s has answered already. See the answer on the page.")
            % {"party": endorsement.party.name},
        )
    return endorsement


def _describe(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    endorsement = _asked(thing, actor)
    return Asked(
        label=_("Yes, we say yes"),
        question=_("Does %(party)s say yes to its share, %(share)s?")
        % {"party": endorsement.party.name, "share": kroner(endorsement.total)},
        title=endorsement.application.title,
        path=reverse("plans:fund-consents", args=[endorsement.application_id]),
    )


def _perform(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    endorsement = _asked(thing, actor)
    answer_consent(endorsement, answer=arguments["answer"], by=actor, via="link")
    return _("%(party)s has said yes to «%(title)s», with %(share)s.") % {
        "party": endorsement.party.name,
        "title": endorsement.application.title,
        "share": kroner(endorsement.total),
    }


ENDORSE_ACT = LinkAct(describe=_describe, perform=_perform)
