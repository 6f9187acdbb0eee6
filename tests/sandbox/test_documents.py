"""A small text file goes out as an upload, with its name and contents."""

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from bot.telegram import Telegram
from tests.sandbox.conftest import ANNA, TOKEN

CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:Koffie in de zaal – 10 uur\r\nEND:VCALENDAR\r\n"


async def test_the_bots_own_client_uploads_it(sandbox: Sandbox, anna: Phone) -> None:
    telegram = Telegram(TOKEN, sandbox.url)
    params = {
        "chat_id": ANNA,
        "document": {"name": "bijeenkomst.ics", "content": CALENDAR},
        "caption": "Voor in uw <b>agenda</b>",
        "parse_mode": "HTML",
        "protect_content": True,
        "reply_markup": {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]},
    }
    sent = await telegram.call("sendDocument", params)
    await telegram.close()
    document = sent["document"]
    assert (document["file_name"], document["mime_type"]) == ("bijeenkomst.ics", "text/calendar")
    files = sandbox.world.files
    assert files.read(files.get(document["file_id"])).decode() == CALENDAR
    assert (anna.last.text, anna.last.buttons) == ("Voor in uw agenda", ("Ja",))
    assert anna.last.protected
