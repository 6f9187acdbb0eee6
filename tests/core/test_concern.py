"""The concern form: its order, its branches, what its review promises and what comes of it."""

from datetime import UTC, datetime

import pytest

from bot.core.concern import CONCERN, is_referral, matter, respond_by, to_report
from bot.core.covenant import About
from bot.core.given import Forwarded, LocationShared, Said, Voice
from bot.core.items import Openness, Report
from bot.core.people import Person
from bot.core.prompts import Finished, Problem
from bot.core.routing import Matter
from tests.core.strategies import example
from tests.core.talking import NOW, Talk

ANNA = Person(key="anna", address=1, first_name="Anna", language="pl")
OTHER = ("No", "Someone else")


def finished(talk: Talk) -> Finished:
    """The end of the form."""
    assert isinstance(talk.shown, Finished)
    return talk.shown


def test_the_questions_come_in_the_order_of_the_model() -> None:
    """Seven questions about someone else, then the review."""
    talk = Talk(CONCERN)
    asked = [talk.text]
    said = ("No", "Someone else", "Harde muziek", "Noise", "Kerkstraat 1, Bakel", "Own home")
    asked += [talk.say(text).text for text in said]
    assert asked == [
        "Is anyone in danger now?",
        "Who is it about?",
        "What is going on? One sentence is enough.",
        "What fits best?",
        "At which address is this? Street and number.",
        "Whose home is that?",
        "May neighbourhood mediation know who you are?",
    ]
    assert talk.tap("Yes").question == "review"


def test_about_yourself_there_are_fewer_questions() -> None:
    """Five, where the route does not depend on the landlord."""
    talk = Talk(CONCERN).tap("No", "Myself").say("Ik ben eenzaam").tap("Contact and company")
    assert talk.text == "In which village do you live?"
    assert talk.tap("Bakel").question == "openness"
    assert talk.tap("Yes").question == "review"


@pytest.mark.parametrize(
    ("answer", "first"), [("Yes", "Call 112 now."), ("I don't know", "Not sure? Call 112.")]
)
def test_danger_shows_the_numbers_before_anything_else(answer: str, first: str) -> None:
    """The form waits behind one button; Back leads to the question, not to the numbers."""
    talk = Talk(CONCERN).tap(answer)
    assert talk.text.startswith(first)
    assert "112NL" in talk.text
    assert "113" in talk.text
    assert "0800-2000" in talk.text
    assert talk.labels == ["Continue reporting", "Back", "Stop filling in"]
    assert talk.tap("Continue reporting").question == "about"
    assert talk.tap("Back").question == "danger"


def test_three_topics_are_suggested_from_the_words() -> None:
    """The likeliest first; all of them behind one button; any can be typed in any language."""
    talk = Talk(CONCERN).tap(*OTHER).say("De tuin is vervuild, er zijn ratten")
    assert talk.labels[0] == "Neglected home or garden"
    assert talk.labels[3] == "Something else"
    assert len(talk.labels) == 6
    assert len(talk.say("4").labels) == 19
    assert talk.tap("Back").labels[3] == "Something else"
    assert talk.say("geldzorgen").answers["topic"] == "money"


def test_of_a_voice_message_no_topic_is_guessed() -> None:
    """The general topics are offered."""
    talk = Talk(CONCERN).tap(*OTHER).give(Voice("file"))
    assert talk.labels[0] == "Something else / not sure"


def test_an_address_tells_its_village() -> None:
    """By name or postcode; otherwise the village is asked."""
    talk = Talk(CONCERN).tap(*OTHER).say("ruzie").tap("Dispute with neighbours")
    assert talk.say("Kerkstraat 1, 5761 AB").question == "openness"
    talk.tap("Back").say("Kerkstraat 1")
    assert talk.text == "In which village is it?"
    assert talk.say("milheze").question == "openness"
    assert matter(talk.at.so_far.answers).area == "milheeze"


def test_without_an_address_the_village_is_asked() -> None:
    """One may not know where it is."""
    talk = Talk(CONCERN).tap(*OTHER).say("ruzie").tap("Dispute with neighbours")
    assert talk.tap("I don't know").question == "village"


@pytest.mark.parametrize(
    "place", [Said("Damrak 1, 1012 LG Amsterdam"), LocationShared(52.374, 4.898)]
)
def test_a_place_outside_the_villages_goes_to_the_coordinator(place: Said | LocationShared) -> None:
    """It is said at once, and nothing is asked again."""
    talk = Talk(CONCERN).tap(*OTHER).say("ruzie").tap("Dispute with neighbours").give(place)
    assert talk.notes == ["That is outside our villages. the municipality finds out who can help."]
    assert talk.question == "openness"
    assert talk.text == "May the municipality know who you are?"
    assert matter(talk.at.so_far.answers).area is None


@pytest.mark.parametrize("typed", ["Somewhere else", "8", "1012 LG"])
def test_one_may_live_elsewhere(typed: str) -> None:
    """The village question takes that as an answer."""
    talk = Talk(CONCERN).tap("No", "Myself").say("Ik ben eenzaam").tap("Contact and company")
    assert talk.say(typed).answers["village"] == "elsewhere"
    assert talk.text == "May the municipality know who you are?"


@pytest.mark.parametrize("typed", ["5761", "5761AB", "bakel", "5", "Bakkel"])
def test_a_village_is_known_by_name_number_or_postcode(typed: str) -> None:
    """With a typing error too."""
    talk = Talk(CONCERN).tap("No", "Myself").say("Ik ben eenzaam").tap("Contact and company")
    assert talk.say(typed).answers["village"] == "bakel"


def test_a_shared_location_is_the_nearest_village() -> None:
    """For oneself only the village is kept, not the place."""
    talk = Talk(CONCERN).tap("No", "Myself").say("Ik ben eenzaam").tap("Contact and company")
    assert talk.prompt.location
    assert talk.give(LocationShared(51.506, 5.741)).answers["village"] == "bakel"


def test_a_topic_of_others_ends_without_an_item() -> None:
    """Its text is shown; another topic can be chosen; nothing is kept."""
    talk = Talk(CONCERN).tap(*OTHER).say("iets").say("Violence at home or child abuse")
    assert "0800-2000" in talk.text
    assert talk.labels == ["Ready", "Choose something else", "Back", "Stop filling in"]
    assert talk.tap("Choose something else").question == "topic"
    talk.tap("Keep this", "Ready")
    assert is_referral(finished(talk).answers, example().covenant)


def test_the_review_says_who_sees_it_why_and_by_when() -> None:
    """And what the neighbour may come to know."""
    talk = Talk(CONCERN).tap(*OTHER).say("muziek").tap("Noise").say("Kerkstraat 1 Bakel")
    talk.tap("the housing association", "No, only through this chat")
    assert talk.text.split("\n") == [
        "About: Someone else",
        "What: muziek",
        "Topic: Noise",
        "Address: Kerkstraat 1 Bakel",
        "Home of: the housing association",
        "Your name: No, only through this chat",
        "the housing association gets this and reads it by 2026-11-10 16:00:00+00:00.",
        "It is about a home of the housing association. They talk with their tenants.",
        "the housing association may tell your neighbour that there is a report.",
        "We don't give your name, unless the law demands it.",
        "Your neighbour may guess who it was.",
        "If nobody responds in time, the municipality looks at it.",
        "Do you want help with a conversation?",
    ]
    first, *others = talk.labels
    assert first == "Send, and ask for help with a conversation"
    assert others == ["Send", "Change", "This is not safe for me", "Back", "Stop filling in"]


def test_the_first_offer_goes_with_the_report() -> None:
    """For noise that is help with a conversation; other topics offer nothing."""
    talk = Talk(CONCERN).tap(*OTHER).say("muziek").tap("Noise").say("Kerkstraat 1 Bakel")
    talk.tap("the housing association", "Yes", "Change", "Topic", "Something else")
    talk.tap("Neglected home or garden")
    assert "Do you want" not in talk.text
    talk.tap("Change", "Topic", "Noise", "Send, and ask for help with a conversation")
    assert to_report(finished(talk).answers, ANNA).wants_offer


def test_the_review_names_everyone_who_sees_it() -> None:
    """Partners that are involved, and the first name where it may be known."""
    talk = Talk(CONCERN).tap("No", "The neighbourhood").say("drugs").tap("Drugs or alcohol")
    talk.say("Kerkstraat 1 Bakel").tap("Yes")
    assert "the public health service (GGD) sees it too." in talk.text
    assert "the community police officer sees your first name." in talk.text
    assert "your neighbour" not in talk.text.lower()


def test_a_change_of_topic_changes_the_route() -> None:
    """The partner in the review follows the answers."""
    talk = Talk(CONCERN).tap(*OTHER).say("muziek").tap("Noise").say("Kerkstraat 1 Bakel")
    talk.tap("the housing association", "Yes", "Change", "Topic", "Something else")
    talk.tap("Dispute with neighbours")
    assert "neighbourhood mediation gets this" in talk.text
    assert "Home of" not in talk.text


def test_a_report_is_what_was_told() -> None:
    """With the name only where it may be known."""
    talk = Talk(CONCERN).tap(*OTHER).say("muziek").tap("Noise").say("Kerkstraat 1 Bakel")
    talk.tap("the housing association", "Yes", "Send")
    answers = finished(talk).answers
    assert to_report(answers, ANNA) == Report(
        about=About.OTHER,
        topic="noise",
        text="muziek",
        area="bakel",
        address="Kerkstraat 1 Bakel",
        landlord="WON",
        openness=Openness.NAMED,
        name="Anna",
        language="pl",
    )
    assert matter(answers) == Matter("noise", "bakel", "WON", About.OTHER)
    assert respond_by(answers, example(), NOW) == datetime(2026, 11, 10, 16, 0, tzinfo=UTC)


def test_who_is_not_safe_is_marked_so() -> None:
    """The report then goes to the coordinator only; no name where it may not be known."""
    talk = Talk(CONCERN).tap(*OTHER).give(Voice("file")).tap("Something else / not sure")
    talk.tap("I don't know", "Somewhere else", "No, only through this chat")
    answers = finished(talk.tap("This is not safe for me")).answers
    report = to_report(answers, ANNA)
    assert report.unsafe
    assert matter(answers).unsafe
    assert (report.text, report.voice, report.name) == ("", "file", None)
    assert (report.area, report.address, report.landlord) == (None, None, "unknown")


@pytest.mark.parametrize("text", ["x" * 2001, "", "   ", "🔥🔥", "...", "\u200b\u202e"])
def test_what_can_not_be_read_is_asked_again(text: str) -> None:
    """Too long, empty or without words."""
    talk = Talk(CONCERN).tap(*OTHER).say(text)
    assert isinstance(talk.shown, Problem)
    assert talk.question == "what"


def test_a_forwarded_message_is_not_the_persons_own_words() -> None:
    """What someone else wrote is not taken as the report."""
    talk = Talk(CONCERN).tap(*OTHER).give(Forwarded("Hij is gek"))
    assert "what" not in talk.answers


def test_hidden_characters_are_taken_out() -> None:
    """NUL and direction marks never reach the database or a partner's screen."""
    talk = Talk(CONCERN).tap(*OTHER).say("har\x00de \u202emuziek\n<b>")
    assert talk.answers["what"] == "harde muziek\n<b>"
