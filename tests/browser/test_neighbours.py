"""Neighbours on the page: from a question to help that was given, and a promise that is broken."""

from playwright.async_api import Page, expect

from tests.browser.screen import Clock, Phone, Story, open_scene

NEEDS = "Ik kan niet tillen. Het is één tas."
ADDRESS = "Molenstraat 12, Gemert"


async def test_an_ask_goes_from_question_to_help_that_was_given(page: Page) -> None:
    await open_scene(page, "Buren helpen elkaar")
    asker, helper, second = (Phone(page, slot) for slot in ("asker", "helper", "second"))
    story, clock = Story(page), Clock(page)
    await expect(page.locator(".steps li")).to_have_count(4)

    code = await _ask(asker, story)
    await _both_are_invited(helper, second, story)
    await _claim(helper, asker, code)
    await story.says("Mo wil helpen.", "Een buur wil helpen.")
    await _confirm(asker, helper, second)
    await story.says("De vrager zei ja. Mo mag nu het adres zien.", "Mo, ")

    await _remind(clock, asker, helper)
    await _done(clock, asker, helper)
    await story.says("De vrager zegt dat het gedaan is.", "Niemand meer: het is afgelopen.")
    for slot in ("second", "group", "guide"):  # who asked, and where, stayed between the two
        await Phone(page, slot).never_heard("Riet")
        await Phone(page, slot).never_heard(ADDRESS)


async def test_a_helper_who_can_not_come_after_all_is_replaced(page: Page) -> None:
    await open_scene(page, "Buren helpen elkaar")
    asker, helper, second, guide = (
        Phone(page, slot) for slot in ("asker", "helper", "second", "guide")
    )
    story = Story(page)
    code = await _ask(asker, story)
    await _both_are_invited(helper, second, story)
    await _claim(helper, asker, code)
    await _confirm(asker, helper, second)
    await _remind(Clock(page), asker, helper)

    await helper.press("Ik kan toch niet")
    await helper.hears("Wij vertellen het en zoeken iemand anders.")
    await helper.never_heard(ADDRESS)
    await asker.hears("gaat niet door. Wij zoeken meteen iemand anders.")
    await guide.hears("Er viel iemand uit")
    await story.says("Mo kan toch niet.", "Wij zoeken een buur.", "Nog niemand")

    await second.hears("Kunt u een buur helpen?")
    await second.chooses("Ja, ")
    await asker.answers("Els wil helpen", "Ja, graag")
    await asker.hears("Els komt")
    await second.hears("Riet is blij met uw hulp")
    await story.says("Els wil helpen.", "Els mag nu het adres zien.")
    await helper.never_heard("Els")


async def _ask(asker: Phone, story: Story) -> str:
    """Ask for groceries tomorrow; returns the reference."""
    await asker.says("/hulp")
    await asker.answers("Voor wie is de hulp?", "Mijzelf")
    await asker.tells("Welke hulp is nodig?", f"Wie haalt mijn boodschappen? {NEEDS}")
    await asker.answers("Welke hulp past het best?", "Boodschappen")
    await asker.answers("Wanneer is het nodig?", "Morgen")
    await asker.hears("Op welk deel van de dag?")
    await asker.ticks("Ochtend")
    await asker.press("Klaar")
    await asker.answers("In welk dorp is het?", "Gemert")
    await asker.answers("Mag wie wil helpen uw voornaam weten?", "Ja")
    await asker.answers("zien alleen dit:", "Versturen")
    await asker.hears("Wij zoeken een buur. Code: ")
    await story.says("Boodschappen", "Er kwam een vraag binnen.")
    return await story.code()


async def _both_are_invited(helper: Phone, second: Phone, story: Story) -> None:
    for phone in (helper, second):
        await phone.hears("Kunt u een buur helpen? Boodschappen")
        await phone.hears("Waarom u: zelfde cirkel")
        await phone.never_heard("Riet")
        await phone.never_heard(NEEDS)
    await story.says("Persoonlijk gevraagd: ", "De groep ziet wat en wanneer.")


async def _claim(helper: Phone, asker: Phone, code: str) -> None:
    await helper.chooses("Ja, ")
    await helper.hears("Dank u wel! U wilt Riet helpen")
    await helper.never_heard(ADDRESS)
    await asker.hears(f"{code} Mo wil helpen")


async def _confirm(asker: Phone, helper: Phone, second: Phone) -> None:
    await asker.press("Ja, graag")
    await asker.tells("Op welk adres is het?", ADDRESS)
    await asker.hears("Mo komt")
    await second.hears("Er helpt al iemand.")
    await helper.answers("Riet is blij met uw hulp", "Adres bekijken")
    await helper.hears(ADDRESS)
    await helper.hears(NEEDS)


async def _remind(clock: Clock, asker: Phone, helper: Phone) -> None:
    assert "Het adres is van het scherm gehaald." in await clock.next()
    await helper.hears("is van het scherm gehaald.")
    await helper.never_heard(ADDRESS)
    assert "Er is een herinnering gestuurd." in await clock.next()
    await asker.hears("Mo komt u helpen")
    await helper.hears("U helpt Riet")


async def _done(clock: Clock, asker: Phone, helper: Phone) -> None:
    while "Beide is gevraagd hoe het ging." not in (notice := await clock.next()):
        assert "Er is een herinnering gestuurd." in notice
    await helper.hears("Hoe ging het?")
    await asker.answers("Hoe ging het?", "Klaar")
    await asker.answers("Wilt u uw buur bedanken?", "Bedanken")
    await asker.hears("Uw buur krijgt uw bedankje.")
    await helper.hears("Uw buur bedankt u voor uw hulp!")
    await helper.hears("Het is klaar. De hulp is gegeven.")
