"""The way in: loads the command with the garbage collector at rest, since loading makes none.

Without this the collector walks through every new class a few hundred times at each start.
"""

import gc


def main() -> None:
    """Load and run the `omzien` command."""
    gc.disable()
    from bot.__main__ import main as command  # noqa: PLC0415 (loading it is what is spared)

    gc.enable()
    command()
