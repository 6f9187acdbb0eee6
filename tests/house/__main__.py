"""`python -m tests.house`: runs every house rule, prints what to change, exits 1 if anything is."""

import sys

from rich.console import Console
from rich.markup import escape

from tests.house.rules import RULES, longest_dutch_sentences, mean_dutch_sentence


def main() -> int:
    """Print a line for each rule, and every finding under it; 1 when there are findings."""
    console = Console(soft_wrap=True, highlight=False)
    broken = 0
    for name, rule in RULES.items():
        findings = list(rule())
        broken += len(findings)
        console.print(f"[{'red' if findings else 'green'}]{len(findings):4}[/] {name}")
        for finding in findings:
            console.print(f"     {escape(str(finding))}")
    console.print(f"     Dutch sentences have {mean_dutch_sentence():.1f} words; the longest:")
    for sentence in longest_dutch_sentences():
        console.print(f"     {escape(sentence)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
