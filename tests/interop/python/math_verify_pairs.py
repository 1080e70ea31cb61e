"""Judges pairs of a right answer and an answer by Math-Verify: a JSON file of [gold, answer] in, a JSON list of verdicts out."""

import json
import sys

from math_verify import parse, verify


def judged(gold: str, answer: str) -> bool:
    """Both marked as mathematics, which Math-Verify wants; a text that is marked already stays as it is."""
    right = parse(marked(gold), parsing_timeout=None)
    said = parse(marked(answer), parsing_timeout=None)
    return verify(right, said, timeout_seconds=None)


def marked(text: str) -> str:
    return text if "$" in text or "\\boxed" in text else f"${text}$"


with open(sys.argv[1], encoding="utf8") as file:
    pairs = json.load(file)
verdicts = []
for gold, answer in pairs:
    try:
        verdicts.append(judged(gold, answer))
    except Exception as error:  # Whatever it fails by is a verdict on it, and not on the run.
        verdicts.append(type(error).__name__)
print(json.dumps(verdicts))
