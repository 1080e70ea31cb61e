"""An adapter of peft on the checkpoint `tied`: what it computes with it, its gradients, and steps of torch's AdamW."""

import json
import shutil
from pathlib import Path

import torch
from cases import Reference, load, model_inputs
from gradients import answered, gradient_cases, labelled
from peft import LoraConfig, PeftModel, get_peft_model

RANK = 2
ALPHA = 3
STEPS = 10
LEARNING_RATE = 1e-2
BETAS = (0.9, 0.95)
WEIGHT_DECAY = 0.1
MAX_NORM = 1.0
# Of the learned tokens, so many have their logits told (what is predicted after them).
KEPT_POSITIONS = 2


def make_adapter(reference: Reference, directory: Path) -> PeftModel:
    """Every linear layer gets an adapter, those of the vision tower too; B is not zero, so that A has a gradient."""
    torch.manual_seed(5)
    config = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules="all-linear", use_rslora=True)
    model = get_peft_model(reference.model, config)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.05)
    shutil.rmtree(directory, ignore_errors=True)
    model.save_pretrained(directory)
    # A card for the Hub, which says nothing.
    (directory / "README.md").unlink()
    (directory / "adapter_model.safetensors").chmod(0o644)
    # The same on every machine: peft tells the whole path, and its sets have no order.
    file = directory / "adapter_config.json"
    saved = json.loads(file.read_text())
    saved |= {"base_model_name_or_path": "../model", "target_modules": sorted(saved["target_modules"])}
    file.write_text(json.dumps(saved, indent=2) + "\n")
    return model


def compute_lora(directory: Path) -> dict:
    """lora.json; the adapter's folder lies beside it."""
    reference = load(directory / "model")
    name, prompt, reply = gradient_cases()[1]
    chat = answered(prompt, reply)
    inputs, labels = labelled(reference, [chat], directory)
    model = make_adapter(reference, directory / "adapter")

    def forward():
        return model(**model_inputs(inputs), labels=labels, use_cache=False)

    trained = {name.replace(".default", ""): one for name, one in model.named_parameters() if one.requires_grad}
    optimiser = torch.optim.AdamW(trained.values(), lr=LEARNING_RATE, betas=BETAS, eps=1e-8, weight_decay=WEIGHT_DECAY)
    losses, norms, gradients, logits = [], [], {}, []
    for step in range(STEPS):
        optimiser.zero_grad()
        output = forward()
        output.loss.backward()
        losses.append(output.loss.item())
        if step == 0:
            logits = output.logits[0][labels[0] >= 0].tolist()[:KEPT_POSITIONS]
            for own, parameter in trained.items():
                gradient = parameter.grad
                gradients[own] = {
                    "shape": list(parameter.shape),
                    "norm": gradient.double().norm().item(),
                    "first": gradient.flatten()[:8].tolist(),
                }
        norms.append(torch.nn.utils.clip_grad_norm_(trained.values(), MAX_NORM).item())
        optimiser.step()
    return {
        "name": name,
        "inputs": [chat],
        "optimiser": {
            "learning_rate": LEARNING_RATE,
            "betas": BETAS,
            "weight_decay": WEIGHT_DECAY,
            "max_norm": MAX_NORM,
        },
        "losses": losses,
        "norms": norms,
        "logits": logits,
        "parameters": gradients,
    }
