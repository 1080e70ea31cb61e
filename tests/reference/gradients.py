"""Gradients of the reference, for the trainer's own.

The loss is the mean cross-entropy over the tokens of the last assistant turn: the reply and the <|im_end|> that
closes it, but neither "<|im_start|>assistant\\n" before nor the "\\n" after. The label of a token is compared with
the logits of the position before it. Parameters bear the names of the checkpoint's file.
"""

from pathlib import Path

import torch
from cases import Reference, encode, model_inputs, user
from safetensors import safe_open
from transformers import BatchFeature


def _names(directory: Path) -> dict[str, str]:
    """Name inside the reference's classes -> name in the file."""
    with safe_open(directory / "model.safetensors", "pt") as file:
        names = file.keys()
    inside = {}
    for name in names:
        prefix, rest = name.split(".", 1)
        inside[{"model": "model.language_model.", "visual": "model.visual."}.get(prefix, prefix + ".") + rest] = name
    return inside


def answered(prompt: dict, reply: str) -> dict:
    answer = {"role": "assistant", "content": [{"type": "text", "text": reply}]}
    return {"messages": [*prompt["messages"], answer], "images": prompt["images"]}


def labelled(reference: Reference, chats: list[dict], directory: Path) -> tuple[BatchFeature, torch.Tensor]:
    """Inputs and labels of chats whose last message is the answer; -100 where nothing is learned."""
    inputs = encode(reference, chats, directory, generate=False)
    ids = inputs["input_ids"]
    labels = torch.full_like(ids, -100)
    closing = reference.tokenizer.convert_tokens_to_ids("<|im_end|>")
    for row, chat in enumerate(chats):
        prompt = {**chat, "messages": chat["messages"][:-1]}
        padding = int((inputs["attention_mask"][row] == 0).sum())
        start = padding + encode(reference, [prompt], directory)["input_ids"].shape[1]
        end = int((ids[row] == closing).nonzero().max()) + 1
        labels[row, start:end] = ids[row, start:end]
    return inputs, labels


def loss_of(reference: Reference, inputs: BatchFeature, labels: torch.Tensor) -> torch.Tensor:
    """The mean over all labels of the batch."""
    return reference.model(**model_inputs(inputs), labels=labels, use_cache=False).loss


def gradient_of(parameter: torch.nn.Parameter) -> torch.Tensor:
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def compute_gradients(reference: Reference, name: str, prompt: dict, reply: str, directory: Path) -> dict:
    """One entry of grads.json. A parameter that the loss does not reach has a gradient of zeros."""
    full = answered(prompt, reply)
    inputs, labels = labelled(reference, [full], directory)
    reference.model.zero_grad()
    loss = loss_of(reference, inputs, labels)
    loss.backward()
    names = _names(directory / "model")
    parameters = {}
    for inside, parameter in reference.model.named_parameters():
        gradient = gradient_of(parameter)
        parameters[names.pop(inside)] = {
            "shape": list(parameter.shape),
            "norm": gradient.double().norm().item(),
            "first": gradient.flatten()[:8].tolist(),
        }
    assert not names, f"no gradient for {sorted(names)}"
    return {
        "name": name,
        "input": full,
        "input_ids": inputs["input_ids"].tolist(),
        "labels": labels.tolist(),
        "loss": loss.item(),
        "parameters": parameters,
    }


def write_gradients(reference: Reference, name: str, chats: list[dict], directory: Path) -> dict:
    """Every value of every gradient of a batch, in a file beside; parameters by the names inside the classes."""
    inputs, labels = labelled(reference, chats, directory)
    reference.model.zero_grad()
    loss = loss_of(reference, inputs, labels)
    loss.backward()
    parameters = dict(reference.model.named_parameters())
    values = torch.cat([gradient_of(parameter).flatten() for parameter in parameters.values()])
    (directory / f"{name}.gradients.f32").write_bytes(values.numpy().astype("<f4").tobytes())
    return {
        "name": name,
        "inputs": chats,
        "labels": [row[row >= 0].tolist() for row in labels],
        "loss": loss.item(),
        "file": f"{name}.gradients.f32",
        "parameters": {key: parameter.numel() for key, parameter in parameters.items()},
    }


def gradient_cases() -> list[tuple[str, dict, str]]:
    return [
        ("text", user("Where is the ball?"), "<answer>shot</answer>"),
        ("image", user("alpha.png", "What do you see?"), "The goal is free."),
    ]
