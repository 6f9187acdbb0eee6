"""Omzien: a Telegram bot through which a neighbourhood looks after itself."""
