"""Makes fixtures/: tiny random Qwen2.5-VL checkpoints and what the reference implementation computes with them."""

import json
import shutil
import sys
from pathlib import Path

import PIL
import torch
import transformers
from cases import compute, encode, load, logits, user
from checkpoints import CHECKPOINTS, Checkpoint, flat_config, save_checkpoint
from gradients import compute_gradients, gradient_cases
from lora import compute_lora
from pictures import save_pictures
from training import compute_training

FIXTURES = Path(__file__).parent / "fixtures"
# Greedy text must be the same elsewhere, where sums are taken in another order: no choice may be this close.
SMALLEST_MARGIN = 2e-3
TRAINED = ("tied", "untied")
# How far the reference's two ways to compute attention may lie apart, so that 1e-4 is a fair demand.
LARGEST_NOISE = 2e-5

CASES = {
    "text": [user("Who has it? 2 - 1!")],
    "image": [user("gradient.png", "Choose an action.", system="Think.")],
    "images": [user("Then: ", "noise.png", " Now: ", "strip.png", system="Où?")],
    "batch": [
        user("Go!", system="Sí."),
        user("alpha.png", "exact.png", "球 <think>", system="I"),
        user("grey.png", system="A"),
    ],
}
# A picture that is far too small, where the first checkpoint has one that is far too large.
OTHER_PICTURES = {"untied": {"gradient.png": "tiny.png"}}


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def cases_of(checkpoint: Checkpoint) -> dict[str, list[dict]]:
    text = json.dumps(CASES)
    for old, new in OTHER_PICTURES.get(checkpoint.name, {}).items():
        text = text.replace(old, new)
    return json.loads(text)


def make(checkpoint: Checkpoint) -> None:
    directory = FIXTURES / checkpoint.name
    shutil.rmtree(directory, ignore_errors=True)
    save_checkpoint(checkpoint, directory / "model")
    reference = load(directory / "model")
    other = load(directory / "model", attention="sdpa")
    cases = []
    for name, prompts in cases_of(checkpoint).items():
        case = compute(reference, name, prompts, directory)
        inputs = encode(reference, prompts, directory)
        values = logits(reference, inputs)
        case["noise"] = (values - logits(other, inputs)).abs().max().item()
        cases.append(case)
        margin = min(row["smallest_margin"] for row in case["greedy"])
        lengths = [len(row["ids"]) for row in case["greedy"]]
        kinds = [len(set(row["ids"])) for row in case["greedy"]]
        print(
            f"{checkpoint.name:8} {name:7} grids {case['image_grid_thw']} tokens {len(values)} "
            f"spread {values.std():.2f} noise {case['noise']:.1e} margin {margin:.4f} "
            f"greedy {lengths} of {kinds} kinds"
        )
        assert margin > SMALLEST_MARGIN, "choose another seed"
        assert case["noise"] < LARGEST_NOISE
    made_by = {
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "pillow": PIL.__version__,
        "attention": "eager",
        "images": "pil",
    }
    write_json(directory / "expected.json", {"made_by": made_by, "cases": cases})
    if checkpoint.name in TRAINED:
        write_json(directory / "training.json", compute_training(directory))
    if checkpoint.name == "tied":
        write_json(
            directory / "grads.json",
            [compute_gradients(reference, *case, directory) for case in gradient_cases()],
        )
        write_json(directory / "lora.json", compute_lora(directory))
        make_flat(directory / "model")


def make_flat(model: Path) -> None:
    """The same model described in the form of the Hub's older config.json; shown to be the same model."""
    flat = FIXTURES / "flat"
    flat.mkdir(exist_ok=True)
    (flat / "config.json").write_text(json.dumps(flat_config(model), indent=2) + "\n")
    copy = FIXTURES / "flat-copy"
    shutil.copytree(model, copy)
    shutil.copy(flat / "config.json", copy)
    try:
        [reference, other] = [load(model), load(copy)]
        inputs = encode(reference, CASES["batch"], FIXTURES / "tied")
        assert torch.equal(logits(reference, inputs), logits(other, inputs))
    finally:
        shutil.rmtree(copy)


def main(names: list[str]) -> None:
    """Makes the checkpoints named, or all."""
    torch.set_num_threads(1)
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    save_pictures(FIXTURES / "images")
    for checkpoint in CHECKPOINTS:
        if not names or checkpoint.name in names:
            make(checkpoint)


if __name__ == "__main__":
    main(sys.argv[1:])
