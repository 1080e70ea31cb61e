"""A whole episode of `touchline.make`, which starts the server by itself: `play_made.py SEED ACTIONS`.

Prints rewards, ends and whether the server is gone afterwards.
"""

import json
import sys

import touchline


def main(seed: str, actions: str) -> None:
    env = touchline.make("academy_empty_goal_close", see=["simple115v2"])
    process = env._server._process  # whether it ends is what is asked
    env.reset(seed=int(seed))
    steps = [env.step(action) for action in json.loads(actions)]
    env.close()
    print(
        json.dumps(
            {
                "rewards": [reward for _, reward, *_ in steps],
                "ends": [[terminated, truncated] for _, _, terminated, truncated, _ in steps],
                "success": steps[-1][-1].get("success"),
                "status": process.poll(),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
