"""One whole case on the page: from a resident's worry to the resident's word that it is solved."""

from playwright.async_api import Page, expect

from tests.browser.screen import Clock, Phone, Story

WORRY = "De buurman heeft elke nacht harde muziek aan"
QUESTION = "Is het ook in het weekend?"
ANSWER = "Ja, vooral op zaterdag"


async def test_a_case_goes_from_report_to_confirmed(page: Page) -> None:
    resident, professional = Phone(page, "resident"), Phone(page, "professional")
    story, clock = Story(page), Clock(page)
    await expect(page.locator(".steps li")).to_have_count(4)

    await _report(resident)
    await story.says("Geluidsoverlast, Gemert", "Het wacht op buurtbemiddeling", "kwam binnen")
    code = await story.code()

    await _take(professional, code)
    await resident.hears(f"Buurtbemiddeling heeft uw melding {code} opgepakt.")
    await story.says("Buurtbemiddeling heeft het opgepakt.")

    await _talk(professional, resident)
    await story.says("stelde de melder een vraag", "De melder heeft geantwoord.")

    await _close(professional)
    await resident.hears(f"Buurtbemiddeling heeft {code} afgesloten. Er zijn afspraken gemaakt.")
    await story.says("De melder heeft dat nog niet bevestigd.")

    await _wait_and_confirm(clock, professional, resident, code)
    await story.says("De melder zegt dat het is opgelost.", "of het nog goed gaat")
    await professional.hears("De melder zegt dat het is opgelost.")
    for slot in ("volunteer", "coordinator"):  # it was not theirs
        await Phone(page, slot).never_heard(code)


async def _report(resident: Phone) -> None:
    await resident.press("Start")
    await resident.answers("U praat met een computer.", "Verder")
    await resident.answers("Waarmee kunnen wij helpen?", "Ik maak me zorgen")
    await resident.answers("Is er nu iemand in gevaar?", "Nee")
    await resident.answers("Over wie gaat het?", "Iemand anders")
    await resident.tells("Wat is er aan de hand?", WORRY)
    await resident.answers("Wat past het best?", "Geluidsoverlast")
    await resident.tells("Op welk adres is dit?", "Kerkstraat 12, Gemert")
    await resident.answers("Van wie is die woning?", "Eigen huis")
    await resident.answers("Mag buurtbemiddeling weten wie u bent?", "Nee, alleen via deze chat")
    await resident.answers("Buurtbemiddeling krijgt dit en leest het uiterlijk", "Versturen")
    await resident.hears("Wij hebben uw melding. Code: ")


async def _take(professional: Phone, code: str) -> None:
    # Nobody used this phone yet: it goes to the partner that the covenant chose.
    await professional.hears(f"Omzien {code}. Reageer vóór")
    chosen = professional.node.get_by_label("Wie heeft deze telefoon").locator("option:checked")
    await expect(chosen).to_have_text("buurtbemiddeling")
    await professional.never_heard(WORRY)
    await professional.press("Openen")
    await professional.hears(WORRY)
    await expect(professional.heard(WORRY)).to_contain_text("De melder blijft onbekend.")
    await professional.answers(f"{code} Het wacht op buurtbemiddeling", "Ik pak dit op")


async def _talk(professional: Phone, resident: Phone) -> None:
    await professional.press("Vraag aan de melder")
    await professional.tells("Wat wilt u de melder vragen?", QUESTION)
    await resident.never_heard(QUESTION)  # first without contents: phones are shared
    await resident.answers("Buurtbemiddeling heeft een vraag over", "Openen")
    await resident.hears(QUESTION)
    await resident.tells("Wat wilt u antwoorden?", ANSWER)
    await professional.answers("De melder heeft geantwoord.", "Openen")
    await professional.hears(ANSWER)


async def _close(professional: Phone) -> None:
    await professional.press("Gesproken")
    await professional.hears("Laatste stap: Gesproken.")
    await professional.press("Klaar")
    await professional.answers("Hoe is het afgelopen?", "Er zijn afspraken gemaakt")
    await professional.answers("Een notitie voor de partners?", "Geen notitie")
    await professional.hears("is afgesloten.")


async def _wait_and_confirm(clock: Clock, professional: Phone, resident: Phone, code: str) -> None:
    assert f"{code}: De geopende melding is van het scherm gehaald." in await clock.next()
    await professional.hears(f"{code}. Wat hier stond, is van het scherm gehaald.")
    await professional.never_heard(WORRY)
    assert "Er gebeurde nog niets." in await clock.day()
    assert f"{code}: De melder is gevraagd hoe het gaat." in await clock.next()
    await resident.answers(f"Een vraag over {code}.", "Openen")
    await resident.answers(f"Hoe gaat het nu met {code}?", "Goed")
    await resident.hears(f"Dank u wel. {code} is afgesloten.")
