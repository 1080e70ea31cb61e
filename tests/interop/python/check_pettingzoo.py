"""PettingZoo's own test of Touchline's parallel env: `check_pettingzoo.py URL`. Prints each case's agents and warnings."""

import json
import sys
import warnings

from pettingzoo.test import parallel_api_test
from touchline.parallel_env import TouchlineParallelEnv

CYCLES = 60
CASES = [
    ("academy_3_vs_1_with_keeper", {"see": ["simple115v2"]}),
    ("5_vs_5", {"see": ["frame", "raw"], "frame": {"width": 112, "height": 72}, "opponentPlayers": [1, 2]}),
    ("academy_run_pass_and_shoot_with_keeper", {"see": ["text"], "players": {"count": 2}, "actions": "continuous"}),
]


def checked(url: str, scenario: str, options: dict) -> dict:
    env = TouchlineParallelEnv(scenario, url=url, **options)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        parallel_api_test(env, num_cycles=CYCLES)
    env.close()
    agents = len(env.possible_agents)
    return {"scenario": scenario, "agents": agents, "warnings": [str(warning.message) for warning in said]}


def main(url: str) -> None:
    # What the test prints goes before the line that is read.
    print("\n" + json.dumps([checked(url, *case) for case in CASES]))


if __name__ == "__main__":
    main(*sys.argv[1:])
