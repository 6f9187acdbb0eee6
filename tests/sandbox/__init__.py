"""The sandbox: the protocol that the bot speaks, and the page that people see."""
