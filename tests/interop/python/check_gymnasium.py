"""Gymnasium's own check of Touchline's envs, and the vector env beside Gymnasium's: `check_gymnasium.py URL`.

Prints, for each case, the warnings of `check_env`; a failed check ends the program. Then the same for the vector env: how
many rows were compared with those of as many single envs in Gymnasium's SyncVectorEnv, and how many episodes ended.
"""

import json
import sys
import warnings

import numpy as np
from gymnasium.utils.env_checker import check_env, data_equivalence
from gymnasium.vector import SyncVectorEnv
from touchline import TouchlineEnv, make_vec

SMALL = {"width": 112, "height": 72}
CASES = [
    ("academy_empty_goal_close", {"see": ["simple115v2"]}),
    ("academy_empty_goal_close", {"see": ["raw"], "actions": "continuous"}),
    ("academy_pass_and_shoot_with_keeper", {"see": ["text"], "actions": "full"}),
    ("academy_corner", {"see": ["frame"], "frame": SMALL, "vary": True}),
    ("5_vs_5", {"see": ["frame", "text", "simple115v2", "raw"], "frame": SMALL, "actions": "simple"}),
    ("sokoban", {"see": ["frame"], "size": "7x7x1"}),
    ("sokoban", {"see": ["frame", "text"], "size": "7x7x1"}),
]
VECTOR = ("academy_empty_goal_close", {"see": ["simple115v2"], "decisionSteps": 4})
ENVS, STEPS, SEED = 3, 120, 5


def checked(url: str, scenario: str, options: dict) -> list[str]:
    env = TouchlineEnv(scenario, url=url, render_mode="rgb_array", **options)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        check_env(env)
    env.close()
    return [str(warning.message) for warning in said]


def compare_vectors(url: str) -> dict:
    scenario, options = VECTOR
    ours = make_vec(scenario, ENVS, url=url, **options)
    theirs = SyncVectorEnv([lambda: TouchlineEnv(scenario, url=url, **options) for _ in range(ENVS)])
    assert ours.observation_space == theirs.observation_space and ours.action_space == theirs.action_space
    theirs.action_space.seed(SEED)
    episodes = 0
    pair = ours.reset(seed=SEED), theirs.reset(seed=SEED)
    for _ in range(STEPS):
        # All but the infos, which Gymnasium's own vector env merges in other types.
        for mine, other in zip(*(answer[:-1] for answer in pair)):
            assert data_equivalence(np.asarray(mine), np.asarray(other)), (mine, other)
        actions = theirs.action_space.sample()
        pair = ours.step(actions), theirs.step(actions)
        episodes += int((pair[0][2] | pair[0][3]).sum())
    ours.close()
    theirs.close()
    return {"rows": ENVS * STEPS, "episodes": episodes}


def main(url: str) -> None:
    checks = [{"scenario": one, **options, "warnings": checked(url, one, options)} for one, options in CASES]
    print(json.dumps({"checks": checks, "vector": compare_vectors(url)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
