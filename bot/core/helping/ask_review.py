"""What the form to ask for help says at its end: who sees what, or why nobody is asked."""

from bot.core.choices import NO, Option
from bot.core.circles import Circle, Level
from bot.core.helping import wishes
from bot.core.helping.asks import Voice
from bot.core.helping.said import kind_or_none, kind_said, when_said
from bot.core.helping.times import When
from bot.core.prompts import Say
from bot.core.questions import SoFar
from bot.core.words import _, line

OTHER_KIND = "other"
# Ways out at the end of the form.
TELL, READ = "tell", "read"
# Keys of a draft's context.
CIRCLES = "circles"
"""The circles to which the asker belongs, with commas between."""
BEHALF = "behalf"
"""The circle whose volunteer asks on behalf of somebody."""

NOBODY_THERE = _("We know no neighbours there. A volunteer looks who can help.")

_BROUGHT = _("A volunteer hears who helps, and brings you together.")
_SEES = {
    (True, True): _("Who wants to help sees your first name and what you wrote."),
    (True, False): _("Who wants to help sees your first name."),
    (False, True): _("Who wants to help sees what you wrote, and no name."),
    (False, False): _("Who wants to help sees no name."),
}
"""What who wants to help sees, by whether a name may be told and whether anything was written."""


def for_company(a: SoFar) -> bool:
    """contact and company"""
    kind = kind_or_none(a.get("kind"), a.covenant)
    return kind is not None and kind.company


def not_their_street(a: SoFar) -> bool:
    """the own street may not see it"""
    return bool(a.get("street_too") == NO)


def elsewhere(a: SoFar) -> tuple[Say, ...]:
    """that it can be reported instead"""
    del a
    return (
        line(_("Neighbours may not be able to do that.")),
        line(_("You can report it: then the right partner looks at it.")),
    )


def no_consent(a: SoFar) -> tuple[Say, ...]:
    """that nobody is asked, and who can look at it instead"""
    said = line(_("Then we don't ask the neighbours. Please ask {name} first."), name=a.get("name"))
    if to_the_coach(a):
        return (
            said,
            line(_("Are you worried about {name}? A coach can look at it."), name=a.get("name")),
        )
    return (said, line(_("Did you get a yes? Then ask again with /hulp.")))


def after_no_consent(a: SoFar) -> tuple[Option, ...]:
    """the coach where the covenant has one for this, or nothing"""
    tell = ((TELL, line(_("Tell the coach"))),) if to_the_coach(a) else ()
    return (*tell, (READ, line(_("Ready"))))


def to_the_coach(a: SoFar) -> bool:
    """Whether a worry about this goes to the coach of the circles."""
    return for_company(a) and wishes.coach_topic(a.covenant) is not None


def who_sees_what(a: SoFar) -> tuple[Say, ...]:
    """who sees what at which stage, and by when someone is asked"""
    when = wishes.when_of(a.answers, a.scene.rules, a.scene.now)
    circle = _circle(a)
    area = next((v for v in a.covenant.areas if v.id == wishes.area_of(a.answers)), None)
    where: Say | None = circle or area
    if where is None:
        return (line(NOBODY_THERE), *_who_helps(a))
    kind = kind_said(a.get("kind"), a.covenant)
    return (
        line(_("Neighbours in {where} see only this:"), where=where),
        line(_("{Kind}, {when}."), Kind=kind, when=when_said(when)),
        *_who_helps(a),
        *_by_when(a, when, circle),
    )


def _who_helps(a: SoFar) -> list[Say]:
    """What who wants to help sees, and who that may be."""
    named, wrote = a.get("voice") == Voice.NAMED, bool(a.get("text"))
    own = _("Your address goes only to the one you agree to.")
    of_other = _("The address goes only to the one you agree to.")
    said: list[Say] = [
        line(_SEES[named, wrote]),
        *([] if named or BEHALF in a.context else [line(_BROUGHT)]),
        line(of_other if a.get("name") else own),
    ]
    if _level(a) is Level.ALONE:
        said.append(line(_("For this the helper's certificate (VOG) has been seen.")))
    if not_their_street(a) and a.get("street"):
        said.append(line(_("We leave out the people of that street.")))
    return said


def _by_when(a: SoFar, when: When, circle: Circle | None) -> list[Say]:
    rules, now = a.scene.rules, a.scene.now
    asked = wishes.asked_from(when, rules, now)
    by = wishes.volunteer_by(when, circle, rules, now)
    begin = line(_("at once")) if asked <= now else line(_("from {at}"), at=asked)
    return [
        line(_("We ask the first neighbours {begin}."), begin=begin),
        line(_("Nobody found? Then a volunteer looks at it, by {by}."), by=by),
    ]


def _circle(a: SoFar) -> Circle | None:
    own = a.context.get(CIRCLES, "").split(",")
    if BEHALF in a.context:
        return next((c for c in a.covenant.circles if c.id == a.context[BEHALF]), None)
    return wishes.circle_of(a.answers, own, a.covenant)


def _level(a: SoFar) -> Level | None:
    kind = kind_or_none(a.get("kind"), a.covenant)
    return kind.level if kind else None
