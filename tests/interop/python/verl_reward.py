"""The reward function for verl, loaded by its path as verl does: `verl_reward.py FILE URL ROWS`.

ROWS are [ground_truth, extra_info, solution_str]. Prints what it gives for each.
"""

import importlib.util
import json
import sys


def main(path: str, url: str, rows: str) -> None:
    spec = importlib.util.spec_from_file_location("custom_module", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    judged = [
        module.compute_score(
            data_source="touchline/side", solution_str=said, ground_truth=truth, extra_info=extra, url=url
        )
        for truth, extra, said in json.loads(rows)
    ]
    print(json.dumps(judged))


if __name__ == "__main__":
    main(*sys.argv[1:])
