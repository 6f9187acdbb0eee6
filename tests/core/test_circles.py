"""Circles: codes, places, what needs a volunteer first, and the file for a calendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.circles import Level
from bot.core.helping import agreed, circles, claiming, searching
from bot.core.helping.asks import Ask, Pending, Search, SearchStep
from bot.core.helping.calendar_file import calendar_file
from bot.core.helping.circles import Urgency
from bot.core.helping.neighbours import CircleRole, Group, Meeting, Neighbour, Vog
from bot.core.helping.times import Daypart, When
from bot.core.matching import cleared
from bot.core.people import Membership, Person, Role
from tests.core.helping_lives import (
    MONDAY,
    MORNING,
    RULES,
    TUESDAY,
    after_help,
    agreed_ask,
    circle,
    invited,
    started,
)

CIRCLE = circle()
SOMEONE = Neighbour(key="someone")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@given(st.lists(st.integers(0, 10**9), min_size=8, max_size=8))
def test_a_code_is_read_as_people_type_it(numbers: list[int]) -> None:
    """Without a dash, in small letters, with spaces."""
    drawn = iter(numbers)
    code = circles.draw_code(lambda below: next(drawn) % below)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert circles.read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "hallo", "7K2F", "7C2F-9CH", "7C2F-9CHD-9", "OOOO-IIII"])
def test_what_is_no_code_is_none(typed: str) -> None:
    """Too short, too long, or with letters that no code has."""
    assert circles.read_code(typed) is None


def test_so_many_wrong_codes_a_day() -> None:
    """Tomorrow is another day."""
    neighbour = SOMEONE
    for _try in range(circles.TRIES_PER_DAY):
        assert circles.may_try(neighbour, RULES, MONDAY)
        neighbour = circles.tried(neighbour, RULES, MONDAY)
    assert not circles.may_try(neighbour, RULES, MONDAY)
    later = MONDAY + timedelta(days=1)
    assert circles.may_try(neighbour, RULES, later)
    assert len(circles.tried(neighbour, RULES, later).tries) == 1


def test_only_the_newest_code_holds_and_not_for_ever() -> None:
    """A second code ends the first; no code at all never fits."""
    group = circles.with_code(Group(key="straat"), "one", RULES, MONDAY)
    assert circles.code_holds(group, "one", MONDAY)
    assert not circles.code_holds(group, "", MONDAY)
    assert not circles.code_holds(Group(key="straat"), "", MONDAY)
    days = RULES.covenant.helping.code_days
    assert not circles.code_holds(group, "one", MONDAY + timedelta(days=days))
    assert not circles.code_holds(circles.with_code(group, "two", RULES, MONDAY), "one", MONDAY)


def test_a_request_is_no_place() -> None:
    """It gives nothing until somebody said yes; leaving leaves nothing."""
    one = circles.asked(SOMEONE, "straat", MONDAY)
    assert one.place_in("straat") is None
    assert not one.places
    assert circles.waiting([one], "straat") == [one]
    one = circles.placed(one, "straat", CircleRole.MEMBER, MONDAY)
    one = circles.introduced(circles.on_standby(one, "straat", standby=True), "straat")
    assert one.places == ("straat",)
    assert not circles.waiting([one], "straat")
    one = circles.vouched(one, "coach", RULES, MONDAY)
    assert circles.left(one, "straat") == SOMEONE


def test_standby_is_for_members() -> None:
    """Who asked to join is not on standby."""
    asked = circles.asked(SOMEONE, "straat", MONDAY)
    assert circles.on_standby(asked, "straat", standby=True) == asked


def test_full_counts_members_and_not_requests() -> None:
    """Of at most two."""
    small = CIRCLE.model_copy(update={"most": 2})
    one = circles.placed(SOMEONE, "straat", CircleRole.VOLUNTEER, MONDAY)
    other = circles.asked(Neighbour(key="other"), "straat", MONDAY)
    assert not circles.full([one, other], small)
    assert circles.full([one, circles.placed(other, "straat", CircleRole.MEMBER, MONDAY)], small)


@pytest.mark.parametrize(
    ("role", "at", "place", "may"),
    [
        (None, "", CircleRole.VOLUNTEER, False),
        (None, "", CircleRole.MEMBER, False),
        (None, "", CircleRole.COACH, True),
        (Role.COACH, "LEADER", None, True),
        (Role.PROFESSIONAL, "LEADER", None, True),
        (Role.VOLUNTEER, "LEADER", None, False),
        (Role.COACH, "CARE", None, False),
    ],
)
def test_a_coach_vouches(
    role: Role | None, at: str, place: CircleRole | None, *, may: bool
) -> None:
    """A volunteer alone may not say that a VOG was seen."""
    held = (Membership(partner=at, role=role, since=MONDAY),) if role else ()
    person = Person(key="someone", address=1, language="nl", memberships=held)
    one = circles.placed(SOMEONE, "straat", place, MONDAY) if place else SOMEONE
    assert circles.may_vouch(person, one, CIRCLE, RULES) is may


def test_a_vog_is_renewed_in_time() -> None:
    """From a month before its end it stays on the list until it is new."""
    one = SOMEONE.model_copy(update={"vog": Vog(seen=date(2023, 12, 24), by="coach")})
    soon = [day for day in range(-40, 40) if circles.renew_soon(one, RULES, _day(day))]
    assert soon == list(range(soon[0], 40))
    assert not circles.renew_soon(SOMEONE, RULES, MONDAY)
    seen = circles.vouched(circles.told_to_renew(one), "coach", RULES, MONDAY).vog
    assert seen == Vog(seen=MONDAY.date(), by="coach")


@pytest.mark.parametrize("seen", [date(2024, 1, 10), date(2024, 2, 29), date(2025, 3, 1)])
def test_a_vog_ends_on_the_day_from_which_matching_passes_it_by(seen: date) -> None:
    """Calendar years, also over a leap day: people hear of it thirty days before that day."""
    one = SOMEONE.model_copy(update={"vog": Vog(seen=seen, by="coach")})
    days = [_day(number) for number in range(500)]
    told = next(day for day in days if circles.renew_soon(one, RULES, day))
    ends = told.date() + timedelta(days=circles.RENEW_DAYS)
    assert cleared(one, RULES, ends) < Level.ALONE
    assert cleared(one, RULES, ends - timedelta(days=1)) is Level.ALONE


def _day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def test_so_much_news_of_meetings_a_day() -> None:
    """Tomorrow is another day, and only the last day is kept."""
    group = Group(key="straat")
    for _time in range(circles.MEETING_NEWS_PER_DAY):
        assert circles.may_tell(group, RULES, MONDAY)
        group = circles.told(group, RULES, MONDAY)
    assert not circles.may_tell(group, RULES, MONDAY)
    assert circles.may_tell(group, RULES, _day(1))
    assert circles.told(group, RULES, _day(1)).told == (_day(1),)


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(-1, Urgency.LATE), (0, Urgency.TODAY), (2, Urgency.SOON), (3, Urgency.LATER)],
)
def test_urgency_follows_the_last_day_that_helps(days: int, urgency: Urgency) -> None:
    """In days, by the calendar."""
    last = MONDAY.date() + timedelta(days=days)
    ask = started(when=When(first=last, last=last, parts=(Daypart.MORNING,))).ask
    assert circles.urgency(ask, RULES, MONDAY) is urgency


def test_what_only_waits_for_a_word_is_not_late() -> None:
    after = after_help()
    assert circles.urgency(after, RULES, MONDAY + timedelta(days=9)) is Urgency.ASKED


def test_at_risk_is_what_is_close_or_silent() -> None:
    """Close and without a helper; a message not seen; nobody found."""
    ask = invited("one")
    assert not circles.at_risk(ask, RULES, MONDAY)
    assert circles.at_risk(ask, RULES, MONDAY + timedelta(days=1, hours=6))
    assert circles.at_risk(ask, RULES, MONDAY + timedelta(days=9))
    called = ask.model_copy(update={"search": Search(step=SearchStep.VOLUNTEER)})
    assert circles.at_risk(called, RULES, MONDAY)
    agreed = agreed_ask()
    assert not circles.at_risk(agreed, RULES, MONDAY + timedelta(days=1, hours=23))
    silent = agreed.model_copy(update={"pending": Pending(person="ann", until=MONDAY)})
    assert circles.at_risk(silent, RULES, MONDAY)
    gone = agreed.model_copy(update={"pending": Pending(person="gone", until=MONDAY)})
    assert not circles.at_risk(gone, RULES, MONDAY)


def test_the_board_is_by_day_then_age() -> None:
    """The oldest of a day first; members see only what nobody asked in private could take."""

    def ask(key: str, created: datetime, last: date, step: SearchStep) -> Ask:
        when = When(first=last, last=last, parts=(Daypart.MORNING,))
        search = Search(step=step)
        changed = {"key": key, "created": created, "search": search}
        return started(when=when).ask.model_copy(update=changed)

    later = MONDAY + timedelta(hours=1)
    asks = [
        ask("c", MONDAY, date(2026, 11, 27), SearchStep.INVITING),
        ask("b", later, TUESDAY, SearchStep.BOARD),
        ask("a", MONDAY, TUESDAY, SearchStep.VOLUNTEER),
    ]
    assert [a.key for a in circles.by_due(asks)] == ["a", "b", "c"]
    assert [a.key for a in circles.on_board(asks)] == ["a", "b"]


def test_what_is_handed_over_stands_on_the_board_until_somebody_takes_over() -> None:
    ask = agreed.hand_over(agreed_ask(), by="ann", rules=RULES, now=MONDAY).ask
    assert circles.on_board([ask]) == []
    board = searching.invite(ask, [], RULES, MONDAY).ask
    assert circles.on_board([board]) == [board]
    taken = claiming.claim(board, by="cas", slot=MORNING, rules=RULES, now=MONDAY).ask
    assert circles.on_board([taken]) == []


def test_meetings_come_and_go() -> None:
    """Those that are over are forgotten; a person signs up once."""
    past = Meeting(key="past", at=MONDAY - timedelta(hours=1), place="x")
    group = Group(key="straat", meetings=(past,))
    meeting = circles.signed(Meeting(key="next", at=NOON, place="x"), "one", comes=True)
    group = circles.with_meeting(group, circles.signed(meeting, "one", comes=True), MONDAY)
    assert [m.key for m in circles.upcoming(group, MONDAY)] == ["next"]
    assert group.meetings[0].coming == ("one",)
    assert len(group.meetings) == 1
    assert circles.signed(meeting, "one", comes=False).coming == ()
    assert not circles.without_meeting(group, "next").meetings


def test_a_meeting_early_in_the_morning_is_reminded_of_after_the_quiet_hours() -> None:
    """Nobody is woken for coffee."""
    at = RULES.calendar.moment(date(2026, 11, 26), time(6))
    remind = circles.remind_at(Meeting(key="m", at=at, place="x"), RULES)
    assert remind == RULES.calendar.outside_quiet(remind)
    assert remind < at


AWKWARD = "Café; \\ Noord, zaal\n2 \x00" + "é" * 90


def test_a_calendar_file_keeps_to_the_standard() -> None:
    """RFC 5545: CRLF, lines of 75 octets, what has a meaning escaped, moments in UTC."""
    text = calendar_file(key="M1", at=NOON, place=AWKWARD, title="Koffie", what="", now=MONDAY)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "")
    assert "\r\nDTSTART:20261126T120000Z\r\nDTEND:20261126T140000Z\r\n" in whole
    assert "\r\nUID:M1@omzien\r\n" in whole
    assert "LOCATION:Café\\; \\\\ Noord\\, zaal\\n2 é" in whole
    assert "DESCRIPTION" not in whole
    assert "\x00" not in whole


@given(st.text(), st.text())
def test_no_words_make_a_second_line_of_a_calendar_file(place: str, what: str) -> None:
    """Whatever is typed stays inside its own line."""
    text = calendar_file(key="M1", at=NOON, place=place, title="x", what=what, now=MONDAY)
    names = [line.partition(":")[0] for line in text.replace("\r\n ", "").split("\r\n")]
    wanted = ["DESCRIPTION"] if what else []
    assert names == [
        *("BEGIN", "VERSION", "PRODID", "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND"),
        *("SUMMARY", "LOCATION", *wanted, "END", "END", ""),
    ]
