"""Losses of policy and value as torch computes them, with their gradients, for the trainer's own.

Run with the interpreter of make.sh: `python -B losses.py` writes fixtures/losses.json. Everything is float64 here, of
inputs that are exact in float32. Means are taken as their papers say, sequence by sequence, and not by weights.
"""

import json
from functools import partial
from pathlib import Path

import torch

FIXTURE = Path(__file__).parent / "fixtures" / "losses.json"

LENGTHS = [5, 3, 4]
ROWS, HIDDEN, TOKENS = sum(LENGTHS), 5, 7
MASKED = [1, 6, 11]
MOST_TOKENS = 8

# How far the logarithm of each ratio lies from 0 at temperature 1, and the advantage there: every side of every clip.
MOVED = [0, 0.1, -0.1, 0.23, -0.5, 1.5, -1.5, 0.5, -0.5, 1.5, -1.5, 0.3]
ADVANTAGES = [1, -1, 0.5, 0.75, 1.25, 2, 1, -0.5, -2, -1.5, -1, 0]
AWAY = [0, 0.5, -0.5, 2, -2, 0.1, -0.1, 1, -1, 3, -3, 0.25]
VALUES_MOVED = [0, 0.1, -0.1, 0.5, 0.5, -0.5, -0.5, 0.19, 0.21, -0.21, 2, -2]
RETURNS_AHEAD = [0.5, -0.5, 0, 1, -1, 1, -1, 0.25, -0.25, 0.25, 3, 3]

CASES = [
    {"name": "PPO", "mean": "tokens", "policy": {}},
    {"name": "PPO over a mask", "mean": "masked", "policy": {"entropyCoefficient": 0.05}},
    {
        "name": "DAPO, with temperature and entropy",
        "mean": "tokens",
        "policy": {"clipLow": 0.2, "clipHigh": 0.28, "temperature": 0.75, "entropyCoefficient": 0.01},
    },
    {
        "name": "GRPO, with k3",
        "mean": "sequences",
        "policy": {"kl": {"coefficient": 0.04, "estimator": "k3"}},
    },
    {
        "name": "Dr. GRPO, with k2 and dual clip",
        "mean": "constant",
        "policy": {"dualClip": 3, "kl": {"coefficient": 0.5, "estimator": "k2"}},
    },
    {
        "name": "k1 and dual clip",
        "mean": "tokens",
        "policy": {"dualClip": 1.5, "kl": {"coefficient": 0.1, "estimator": "k1"}},
    },
    {"name": "values, clipped", "mean": "tokens", "value": {}},
    {"name": "values, clipped wider", "mean": "sequences", "value": {"clip": 0.4}},
    {"name": "values, not clipped", "mean": "masked", "value": {"clip": None}},
    {
        "name": "policy and value",
        "mean": "sequences",
        "policy": {"entropyCoefficient": 0.01, "kl": {"coefficient": 0.04, "estimator": "k3"}},
        "value": {"coefficient": 0.5},
    },
]


def exact(tensor: torch.Tensor) -> torch.Tensor:
    """The nearest multiples of 1/1024, which float32 has."""
    return (tensor * 1024).round() / 1024


def mean_over(kind: str, values: torch.Tensor) -> torch.Tensor:
    sequences = values.split(LENGTHS)
    match kind:
        case "tokens":
            return values.mean()
        case "masked":
            kept = [i for i in range(ROWS) if i not in MASKED]
            return values[kept].mean()
        case "sequences":
            return torch.stack([sequence.mean() for sequence in sequences]).mean()
        case "constant":
            return torch.stack([sequence.sum() / MOST_TOKENS for sequence in sequences]).mean()
    raise ValueError(kind)


def policy(case: dict, options: dict, logits: torch.Tensor, labels: torch.Tensor, rows: dict) -> tuple:
    low, high = options.get("clipLow", 0.2), options.get("clipHigh", 0.2)
    distribution = torch.distributions.Categorical(logits=logits / options.get("temperature", 1))
    logarithms = distribution.log_prob(labels)
    moved = logarithms - rows["old_log_probabilities"]
    ratio = moved.exp()
    advantages = rows["advantages"]
    surrogate = torch.min(ratio * advantages, ratio.clamp(1 - low, 1 + high) * advantages)
    blocked = (ratio.clamp(1 - low, 1 + high) * advantages) < (ratio * advantages)
    if "dualClip" in options:
        floor = options["dualClip"] * advantages
        dual = (advantages < 0) & (surrogate < floor)
        surrogate = torch.where(advantages < 0, torch.max(surrogate, floor), surrogate)
        blocked |= dual
    mean = partial(mean_over, case["mean"])
    entropy = mean(distribution.entropy())
    metrics = {
        "policy_loss": mean(-surrogate),
        "ratio": mean(ratio),
        "clip_fraction": mean(blocked.double()),
        "approx_kl": mean((ratio - 1) - moved),
        "entropy": entropy,
    }
    loss = metrics["policy_loss"] - options.get("entropyCoefficient", 0) * entropy
    if "kl" in options:
        difference = logarithms - rows["reference_log_probabilities"]
        estimate = {
            "k1": difference,
            "k2": difference.square() / 2,
            "k3": (-difference).exp() - 1 + difference,
        }[options["kl"]["estimator"]]
        metrics["kl"] = mean(estimate)
        loss = loss + options["kl"]["coefficient"] * metrics["kl"]
    return loss, metrics


def value(case: dict, options: dict, values: torch.Tensor, rows: dict) -> tuple:
    clip = options.get("clip", 0.2)
    mean = partial(mean_over, case["mean"])
    plain = (values - rows["returns"]).square()
    metrics = {"value": mean(values), "value_squared_error": mean(plain)}
    if clip is None:
        loss = 0.5 * mean(plain)
    else:
        clipped = rows["old_values"] + (values - rows["old_values"]).clamp(-clip, clip)
        squares = (clipped - rows["returns"]).square()
        moved = (values - rows["old_values"]).abs() > clip
        metrics["value_clip_fraction"] = mean(((squares > plain) & moved).double())
        loss = 0.5 * mean(torch.max(plain, squares))
    return loss, {"value_loss": loss, **metrics}


def values_of(tensors: dict[str, torch.Tensor]) -> torch.Tensor:
    names = ["hidden", "value_head.weight", "value_head.bias"]
    return torch.nn.functional.linear(*(tensors[name] for name in names))[:, 0]


def main() -> None:
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    parameters = {
        "hidden": exact(torch.randn(ROWS, HIDDEN)),
        "head": exact(torch.randn(TOKENS, HIDDEN)),
        "value_head.weight": exact(torch.randn(1, HIDDEN)),
        "value_head.bias": exact(torch.randn(1)),
    }
    labels = torch.randint(TOKENS, (ROWS,))
    logits = parameters["hidden"] @ parameters["head"].T
    logarithms = torch.log_softmax(logits, -1)[range(ROWS), labels]
    values = values_of(parameters)
    rows = {
        "old_log_probabilities": exact(logarithms - torch.tensor(MOVED)),
        "reference_log_probabilities": exact(logarithms - torch.tensor(AWAY)),
        "advantages": torch.tensor(ADVANTAGES),
        "old_values": exact(values - torch.tensor(VALUES_MOVED)),
        "returns": exact(values + torch.tensor(RETURNS_AHEAD)),
    }
    cases = []
    for case in CASES:
        leaves = {name: tensor.clone().requires_grad_() for name, tensor in parameters.items()}
        logits = leaves["hidden"] @ leaves["head"].T
        logits.retain_grad()
        values = values_of(leaves)
        loss, metrics = torch.zeros(()), {}
        if "policy" in case:
            term, more = policy(case, case["policy"], logits, labels, rows)
            loss, metrics = loss + term, metrics | more
        if "value" in case:
            term, more = value(case, case["value"], values, rows)
            loss, metrics = loss + case["value"].get("coefficient", 1) * term, metrics | more
        loss.backward()
        gradients = {name: leaf.grad for name, leaf in {"logits": logits, **leaves}.items()}
        cases.append(
            {
                **case,
                "loss": loss.item(),
                "metrics": {name: metric.item() for name, metric in metrics.items()},
                "gradients": {
                    name: [round(number, 9) for number in gradient.flatten().tolist()]
                    for name, gradient in gradients.items()
                    if gradient is not None
                },
            }
        )
    document = {
        "made_by": {"torch": torch.__version__},
        "lengths": LENGTHS,
        "masked": MASKED,
        "mostTokens": MOST_TOKENS,
        "labels": labels.tolist(),
        "parameters": {
            name: {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}
            for name, tensor in parameters.items()
        },
        "rows": {name: tensor.tolist() for name, tensor in rows.items()},
        "cases": cases,
    }
    FIXTURE.write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
