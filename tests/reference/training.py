"""Ten steps of torch's AdamW on batches of chats, for the trainer's own.

The loss is that of gradients.py. Matrices decay and vectors do not; the global norm is clipped; the learning rate rises
over the first steps. Parameters bear the names that the reference's classes have inside.
"""

from pathlib import Path

import torch
from cases import Reference, load, user
from gradients import answered, gradient_of, labelled, loss_of

STEPS = 10
WARMUP = 4
LEARNING_RATE = 1e-3
BETAS = (0.9, 0.95)
EPSILON = 1e-8
WEIGHT_DECAY = 0.1
MAX_NORM = 1.0
# Values that are told of each gradient, spread over the whole tensor.
SPREAD = 32

BATCHES = {
    "text": [
        answered(user("Go!"), "<answer>shot</answer>"),
        answered(user("Who has it? 2 - 1!", system="Think."), "球 I do not know."),
        answered(user("Where is the ball?", system="Sí."), ""),
    ],
    "pictures": [
        answered(user("alpha.png", "What do you see?"), "The goal is free."),
        answered(user("Pass or not?"), "<think>No.</think>"),
        answered(user("Then: ", "exact.png", " Now: ", "grey.png", system="I"), "<answer>idle</answer>"),
    ],
}


def _gradients(reference: Reference) -> dict:
    found = {}
    for name, parameter in reference.model.named_parameters():
        values = gradient_of(parameter).flatten()
        count = min(SPREAD, len(values))
        found[name] = {
            "norm": values.double().norm().item(),
            "largest": values.abs().max().item(),
            "spread": values[torch.arange(count) * len(values) // count].tolist(),
        }
    return found


def _train(reference: Reference, name: str, chats: list[dict], directory: Path) -> dict:
    """One entry of training.json; `spread` holds the values at i * size / count."""
    parameters = list(reference.model.parameters())
    groups = [
        {"params": [one for one in parameters if one.dim() > 1], "weight_decay": WEIGHT_DECAY},
        {"params": [one for one in parameters if one.dim() == 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=BETAS, eps=EPSILON, foreach=False)
    inputs, labels = labelled(reference, chats, directory)
    steps, gradients = [], {}
    for step in range(1, STEPS + 1):
        rate = LEARNING_RATE * min(1.0, step / WARMUP)
        for group in optimiser.param_groups:
            group["lr"] = rate
        optimiser.zero_grad()
        loss = loss_of(reference, inputs, labels)
        loss.backward()
        if step == 1:
            gradients = _gradients(reference)
        norm = torch.nn.utils.clip_grad_norm_(parameters, MAX_NORM, foreach=False)
        optimiser.step()
        steps.append({"learning_rate": rate, "loss": loss.item(), "gradient_norm": norm.item()})
    return {"name": name, "inputs": chats, "labels": int((labels >= 0).sum()), "gradients": gradients, "steps": steps}


def compute_training(directory: Path) -> dict:
    """training.json: each batch trains the checkpoint as it stands in its folder."""
    batches = [_train(load(directory / "model"), name, chats, directory) for name, chats in BATCHES.items()]
    optimiser = {"betas": BETAS, "epsilon": EPSILON, "weight_decay": WEIGHT_DECAY, "max_norm": MAX_NORM}
    return {"optimiser": optimiser, "batches": batches}
