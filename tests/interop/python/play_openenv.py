"""Episodes by OpenEnv's own clients: `play_openenv.py URL SEED ACTIONS`.

Prints what its GenericEnvClient and the typed client of the package see of the same episode, the state at the end, and
the error that a wrong action gives.
"""

import json
import sys
from importlib.metadata import version

from openenv.core.env_client import EnvClient
from openenv.core.generic_client import GenericEnvClient
from touchline.openenv_client import TouchlineAction, TouchlineClient

SETUP = {"scenario": "academy_empty_goal_close", "decisionSteps": 1, "info": True}


def play(client: EnvClient, seed: int, actions: list) -> dict:
    with client.sync() as env:
        first = env.reset(seed=seed, episode_id="ep-1", **SETUP)
        steps = [env.step(action) for action in actions]
        state = env.state()
        try:
            env.step(actions[-1])
            error = None
        except RuntimeError as refused:
            error = str(refused)
    return {
        "first": [first.reward, first.done],
        "rewards": [step.reward for step in steps],
        "done": [step.done for step in steps],
        "images": [picture_of(step.observation) for step in (first, *steps)],
        "state": state,
        "error": error,
    }


def picture_of(observation) -> str:
    return observation["image"] if isinstance(observation, dict) else observation.image


def main(url: str, seed: str, actions: str) -> None:
    numbers = json.loads(actions)
    generic = play(GenericEnvClient(base_url=url), int(seed), [{"action": number} for number in numbers])
    typed = play(TouchlineClient(base_url=url), int(seed), [TouchlineAction(action=number) for number in numbers])
    print(json.dumps({"version": version("openenv"), "generic": generic, "typed": typed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
