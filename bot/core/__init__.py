"""The neighbourhood's rules: pure, without input or output, clock, Telegram or database."""
