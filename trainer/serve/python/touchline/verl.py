"""verl's reward function for the rows of `touchline data --format parquet`: a running `touchline serve` judges the answers.

In verl's configuration: `custom_reward_function.path` is this file, `.name` is `compute_score`, and `.reward_kwargs` may say
the `url`.
"""

import json
import os
import urllib.request
from typing import Any

URL = "http://127.0.0.1:8000"


def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: str,
    extra_info: dict[str, Any] | None = None,
    url: str = URL,
    profile: str = "guarded",
    **_: Any,
) -> dict[str, float]:
    """`score` is the reward; verl logs the other two."""
    label = {"gold": ground_truth}
    label |= {name: told for name in ("verifier", "shown") if (told := (extra_info or {}).get(name)) is not None}
    asked = {"query": [solution_str], "prompts": [""], "labels": [label]}
    headers = {"Content-Type": "application/json"}
    if token := os.environ.get("TOUCHLINE_SERVE_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    address = f"{url.rstrip('/')}/get_reward?profile={profile}"
    request = urllib.request.Request(address, data=json.dumps(asked).encode(), headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=180) as response:
        judged = json.load(response)
    return {
        "score": judged["rewards"][0],
        "format": judged["format_rewards"][0],
        "accuracy": judged["acc_rewards"][0],
    }
