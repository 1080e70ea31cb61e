"""Gradients of the reference, for the trainer's own.

The loss is the mean cross-entropy over the tokens of the last assistant turn: the reply and the <|im_end|> that
closes it, but neither "<|im_start|>assistant\\n" before nor the "\\n" after. The label of a token is compared with
the logits of the position before it. Parameters bear the names of the checkpoint's file.
"""

from pathlib import Path

import torch
from cases import Reference, encode, model_inputs, user
from safetensors import safe_open


def _names(directory: Path) -> dict[str, str]:
    """Name inside the reference's classes -> name in the file."""
    with safe_open(directory / "model.safetensors", "pt") as file:
        names = file.keys()
    inside = {}
    for name in names:
        prefix, rest = name.split(".", 1)
        inside[{"model": "model.language_model.", "visual": "model.visual."}.get(prefix, prefix + ".") + rest] = name
    return inside


def compute_gradients(reference: Reference, name: str, prompt: dict, reply: str, directory: Path) -> dict:
    """One entry of grads.json. A parameter that the loss does not reach has a gradient of zeros."""
    answer = {"role": "assistant", "content": [{"type": "text", "text": reply}]}
    full = {"messages": [*prompt["messages"], answer], "images": prompt["images"]}
    inputs = encode(reference, [full], directory, generate=False)
    start = encode(reference, [prompt], directory)["input_ids"].shape[1]
    ids = inputs["input_ids"]
    end = int((ids[0] == reference.tokenizer.convert_tokens_to_ids("<|im_end|>")).nonzero().max()) + 1
    labels = torch.full_like(ids, -100)
    labels[:, start:end] = ids[:, start:end]

    reference.model.zero_grad()
    loss = reference.model(**model_inputs(inputs), labels=labels, use_cache=False).loss
    loss.backward()
    names = _names(directory / "model")
    parameters = {}
    for inside, parameter in reference.model.named_parameters():
        gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
        parameters[names.pop(inside)] = {
            "shape": list(parameter.shape),
            "norm": gradient.double().norm().item(),
            "first": gradient.flatten()[:8].tolist(),
        }
    assert not names, f"no gradient for {sorted(names)}"
    return {
        "name": name,
        "input": full,
        "input_ids": ids.tolist(),
        "labels": labels.tolist(),
        "loss": loss.item(),
        "parameters": parameters,
    }


def gradient_cases() -> list[tuple[str, dict, str]]:
    return [
        ("text", user("Where is the ball?"), "<answer>shot</answer>"),
        ("image", user("alpha.png", "What do you see?"), "The goal is free."),
    ]
