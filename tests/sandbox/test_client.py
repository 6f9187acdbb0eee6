"""python-telegram-bot's own client takes the sandbox for Telegram."""

import json
import sys
from asyncio import create_subprocess_exec, wait_for
from asyncio.subprocess import PIPE

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from tests.sandbox.conftest import ANNA, TOKEN


async def test_its_bot_sends_edits_answers_and_gets_updates(sandbox: Sandbox, anna: Phone) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])
    async with Bot(TOKEN, base_url=f"{sandbox.url}/bot") as bot:
        assert bot.username == "OmzienOefenBot"
        await bot.send_message(ANNA, "<b>Hoi</b>", parse_mode=ParseMode.HTML, reply_markup=buttons)
        await anna.press("Ja")
        (update,) = await bot.get_updates(timeout=5)
        query = update.callback_query
        assert query is not None
        await query.answer("Dank u")
        await query.edit_message_text("Klaar")
        assert await bot.get_updates(offset=update.update_id + 1) == ()
        await bot.set_my_commands([("start", "Begin")], language_code="nl")
        await bot.send_photo(ANNA, b"\x89PNG", caption="foto")
        assert (await bot.get_chat(ANNA)).first_name == "Anna"
    assert (anna.messages[0].text, anna.messages[0].edited) == ("Klaar", True)
    assert anna.toasts == ["Dank u"]


async def test_it_runs_as_a_process_of_its_own() -> None:
    process = await create_subprocess_exec(sys.executable, "-m", "bot.sandbox", stdout=PIPE)
    assert process.stdout
    line = json.loads(await wait_for(process.stdout.readline(), 20))
    async with Bot(line["token"], base_url=f"{line['url']}/bot") as bot:
        assert bot.id == 123456
    process.terminate()
    assert await wait_for(process.wait(), 10) == 0
