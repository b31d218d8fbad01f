"""The answer of «beds» in words and figures: beds by year, beds against the risk, what full wards cost."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samspill.directory.public import Figure
from samspill.insight.drawings import Curve, fan
from samspill.insight.drawings.lengths import Length, lengths
from samspill.insight.drawings.lines import Line, lines
from samspill.insight.questions import said
from samspill.insight.telling import Answer, Asked, Passage, Told
from samspill.insight.wording import about, count, decimal, rounded
from samspill.insight.wording.curves import bands_in_words

Values = Mapping[str, Any]


def tell(told: Asked) -> Told:
    """Three passages: how many, how sure, and the price of a full ward."""
    asked: Any = told.asked
    found: Any = told.found
    curve = Curve(found["years"], found["beds"], found["bands"])
    now, to = curve.years[0], curve.years[-1]
    values = {
        "place": told.community.name,
        "beds": about(curve.on(to)),
        "now": about(curve.on(now)),
        "year": to,
        "this": now,
        "share": said(asked["utilisation"]),
        "risk": said(asked["risk"]),
        "pooled": count(found["for_risk"][-1]),
    }
    return Told(
        heading=_heading(asked["service"], values),
        lede=_lede(curve, values),
        passages=[_by_year(told, curve), _risk(told, values), _wards(told)],
        question=_question(told, values),
        method=_method(asked, found),
        warnings=_warnings(asked, found),
        answers=[
            Answer(
                "beds",
                _("Beds in %(year)s") % {"year": curve.years[-1]},
                curve.values[-1],
                *curve.between(curve.years[-1]),
            ),
            Answer(
                "for_risk",
                _("Beds for the risk one takes, in %(year)s") % {"year": curve.years[-1]},
                found["for_risk"][-1],
            ),
        ],
    )


def _heading(service: str, values: Values) -> str:
    sentence = {
        "hospital_bed_days": _("%(place)s needs about %(beds)s hospital beds in %(year)s"),
        "discharge_ready_days": _(
            "In %(year)s about %(beds)s hospital beds in %(place)s hold people who are ready to go home"
        ),
        "kad_days": _("%(place)s needs about %(beds)s municipal acute beds in %(year)s"),
    }[service]
    return sentence % values


def _lede(curve: Curve, values: Values) -> str:
    more = rounded(curve.values[-1]) - rounded(curve.values[0])
    if more == 0:
        change = _("That is as many as today.")
    elif more > 0:
        change = _("That is %(more)s more than today.") % {"more": count(more)}
    else:
        change = _("That is %(fewer)s fewer than today.") % {"fewer": count(-more)}
    in_use = _("Then %(share)s of 100 beds are in use on an ordinary day.") % values
    return f"{change} {in_use}"


def _by_year(told: Asked, curve: Curve) -> Passage:
    found: Any = told.found
    low, high = curve.between(curve.years[-1])
    sentence = _(
        "Probably between %(low)s and %(high)s beds in %(year)s. That holds eight times out of ten."
    ) % {"low": about(low), "high": about(high), "year": curve.years[-1]}
    rows = [
        [str(year), rounded(days), rounded(beds), *(rounded(end) for end in curve.between(year)), for_risk]
        for year, days, beds, for_risk in zip(
            curve.years, found["bed_days"], curve.values, found["for_risk"], strict=True
        )
    ]
    title = _("Beds needed each year")
    figure = Figure(
        key="1",
        title=title,
        spec=fan(curve, now=curve.years[0], today=curve.years[0], told=sentence, counts=_("Beds")),
        head=[
            _("Year"),
            _("Bed-days"),
            _("Beds"),
            _("Eight of ten, from"),
            _("Eight of ten, to"),
            _("Beds for the risk"),
        ],
        rows=rows,
        source=told.source,
    )
    return Passage(figure, title, [sentence], bands_in_words(curve))


def _risk(told: Asked, values: Values) -> Passage:
    found: Any = told.found
    asked: Any = told.asked
    risks = found["risks"]
    sentence = (
        _(
            "If the beds may be too few on at most %(risk)s of 100 days, %(pooled)s beds are needed in "
            "%(year)s. "
            "That is when every bed can take every patient."
        )
        % values
    )
    ward = _(
        "In a ward of %(ward)s beds that lends to nobody, the same risk lets %(share)s of 100 beds be in use."
    ) % {"ward": asked["ward"], "share": count(found["ward_share"])}
    shown = [
        _line(str(values["this"]), risks["beds"], risks["now"], "second"),
        _line(str(values["year"]), risks["beds"], risks["then"], "main"),
    ]
    title = _("Each bed less makes it more often full")
    figure = Figure(
        key="2",
        title=title,
        spec=lines(
            shown,
            told=sentence,
            across=_("Beds"),
            counts=_("days with too few beds"),
            percent=True,
            here=(found["for_risk"][-1], _("%(beds)s beds") % {"beds": values["pooled"]}),
        ),
        head=[
            _("Beds"),
            _("Days with too few, %(year)s, %%") % {"year": values["this"]},
            _("Days with too few, %(year)s, %%") % {"year": values["year"]},
        ],
        rows=[
            [str(beds), round(100 * now, 1), round(100 * then, 1)]
            for beds, now, then in zip(risks["beds"], risks["now"], risks["then"], strict=True)
        ],
        source=told.source,
    )
    return Passage(figure, title, [sentence, ward])


def _line(name: str, beds: list[int], risks: list[float], look: str) -> Line:
    """Named where it is half as likely as not; the dotted one to its left, where it is alone."""
    half = min(range(len(risks)), key=lambda place: abs(risks[place] - 0.5))
    side = "left" if look == "second" else "right"
    return Line(name, list(zip(beds, risks, strict=True)), look, named_at=half, side=side)


def _wards(told: Asked) -> Passage:
    found: Any = told.found
    asked: Any = told.asked
    prices = found["prices"]
    mine = next(one for one in prices if one["share"] == round(float(asked["utilisation"]), 1))
    sentence = _(
        "In a ward of %(ward)s beds with %(share)s of 100 in use, %(waits)s of 100 patients must wait "
        "for a bed, "
        "%(hours)s hours on average over all. If nobody can wait, %(away)s of 100 are sent elsewhere."
    ) % {
        "ward": asked["ward"],
        "share": said(mine["share"]),
        "waits": decimal(mine["waits"], 0),
        "hours": decimal(mine["hours"], 1),
        "away": decimal(mine["turned_away"], 0),
    }
    title = _("The fuller the ward, the more must wait")
    figure = Figure(
        key="3",
        title=title,
        spec=lengths(
            [
                Length(
                    _("%(share)s of 100 in use") % {"share": said(one["share"])},
                    one["waits"],
                    _("%(waits)s of 100 must wait") % {"waits": decimal(one["waits"], 0)},
                    one is mine,
                )
                for one in prices
            ],
            told=sentence,
        ),
        head=[_("In use, %"), _("Must wait, %"), _("Mean wait, hours"), _("Sent elsewhere, %")],
        rows=[[said(one["share"]), one["waits"], one["hours"], one["turned_away"]] for one in prices],
        source=told.source,
    )
    return Passage(figure, title, [sentence])


def _question(told: Asked, values: Values) -> list[tuple[str, str]]:
    asked: Any = told.asked
    found: Any = told.found
    own = count(asked["bed_days"]) if asked["bed_days"] is not None else _("from the projection")
    return [
        (_("Where"), told.community.name),
        (_("Years"), f"{values['this']}–{values['year']}"),
        (_("Bed-days today"), own),
        (_("Share of the beds in use"), f"{values['share']} %"),
        (_("Shorter stays than today"), f"{said(asked['shorter'])} %"),
        (_("Mean stay"), _("%(days)s days") % {"days": said(round(found["stay"], 1))}),
        (_("Days when the beds may not suffice"), f"{values['risk']} %"),
        (_("Beds in a ward that lends to nobody"), str(asked["ward"])),
    ]


def _method(asked: Values, found: Values) -> list[tuple[str, str]]:
    return [
        (
            _("Method"),
            _(
                "Use of beds by age in the whole country, times the people expected here, in 256 drawn "
                "futures. "
                "Beds are bed-days divided by 365 and by the share in use. The risk is of a day when "
                "more come "
                "than there are beds for, as when people fall ill independently of each other (Poisson). "
                "Waiting is Erlang's formulas, for one ward."
            ),
        ),
        (_("Accuracy"), _accuracy(found["tested"])),
        (
            _("Norms"),
            _(
                "85 of 100 in use is what Helse Vest and Nordmøre og Romsdal plan with. 90 was planned for "
                "Kalnes, which soon was fuller than wanted. Source: the Storting, document 15:1338 "
                "(2014–2015)."
            ),
        ),
        (
            _("Not included"),
            _(
                "Weekdays, summer and influenza come on top. The simulation under «From hospital to "
                "municipality» has them."
            ),
        ),
        (_("Sources"), found["rests_on"]["source"]),
    ]


def _accuracy(tested: Values) -> str:
    if not tested:
        return _("Not tried: these figures are not published for enough years. Take it as a sketch.")
    return _(
        "Tried on earlier years: %(ahead)s years ahead the bed-days missed by %(error)s percent. "
        "«As today» would have missed by %(no_change)s percent."
    ) % {
        "ahead": tested["ahead"],
        "error": decimal(tested["error"], 1),
        "no_change": decimal(tested["no_change"], 1),
    }


def _warnings(asked: Values, found: Values) -> list[str]:
    told = []
    if asked["bed_days"] is None:
        told.append(
            _(
                "The level is the whole country's use by age. Write in your own bed-days, and the "
                "figures become "
                "yours and surer."
            )
        )
    if not found["is_stay_known"]:
        told.append(
            _("How long these stays are is not published; %(days)s days is a proposal. Write in your own.")
            % {"days": said(round(found["stay"], 1))}
        )
    return told
