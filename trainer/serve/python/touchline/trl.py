"""TRL's GRPOTrainer: prompts with frames from the starts of episodes, and the reward function that plays the answers there.

One decision an episode, for TRL's loop of several turns asks for a chat template with tools, which Qwen2.5-VL has not.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import Any

from .connection import Connection, picture


def rows(url: str, scenario: str, seeds: Iterable[int], **options: Any) -> list[dict[str, Any]]:
    """For `datasets.Dataset.from_list`: `prompt`, `images` where frames are seen, and the `seed` of the start."""
    from PIL import Image

    connection = Connection(url, scenario, options)
    asked = []
    for seed in seeds:
        observation = connection.reset(seed)["observation"]
        words = {"system": observation["system"], "user": observation["text"]}
        # Of some prompts the system says nothing.
        prompt = [{"role": role, "content": said} for role, said in words.items() if said != ""]
        row: dict[str, Any] = {"prompt": prompt, "seed": seed}
        if observation["image"] is not None:
            row["images"] = [Image.fromarray(picture(observation["image"]))]
        asked.append(row)
    connection.close()
    return asked


def play_reward(url: str, scenario: str, connections: int = 16, **options: Any) -> Callable[..., list[float]]:
    """Among `reward_funcs`: what the decision that a completion takes is worth, from the start that it was asked at."""

    # TRL logs it by this name.
    def play(completions: list[Any], seed: list[int], **_: Any) -> list[float]:
        answered = list(zip(seed, map(_words, completions)))
        with ExitStack() as stack:
            # For one call: a step of the optimiser may last longer than a server keeps a silent session.
            opened = [Connection(url, scenario, options) for _ in answered[:connections]]
            for connection in opened:
                stack.callback(connection.close)
            return [reward for part in _batched(answered, connections) for reward in _played(opened, part)]

    return play


def _played(connections: list[Connection], answered: Sequence[tuple[int, str]]) -> list[float]:
    """All at the same time, each on a connection of its own."""
    busy = connections[: len(answered)]
    for connection, (seed, words) in zip(busy, answered):
        connection.send_reset(seed)
        connection.send_step(words)
    return [float([connection.receive() for _ in ("reset", "step")][1]["reward"]) for connection in busy]


def _words(completion: Any) -> str:
    """Of one message, as conversations end, or of a text."""
    return completion if isinstance(completion, str) else completion[-1]["content"]


def _batched(items: list[Any], size: int) -> list[list[Any]]:
    return [items[first : first + size] for first in range(0, len(items), size)]
