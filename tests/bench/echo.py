"""The peer: a bare python-telegram-bot echo bot, with nothing kept and nothing promised."""

import logging
import sys
import warnings
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(update: Update, _context: Any) -> None:
    """Say the same."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main(url: str, token: str) -> None:
    """Poll the Bot API at `url`."""
    logging.basicConfig(level=logging.ERROR)
    warnings.simplefilter("ignore")
    # One update after the other is PTB's default, and its fastest.
    app = Application.builder().token(token).base_url(f"{url}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling(poll_interval=0.0, bootstrap_retries=10)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
