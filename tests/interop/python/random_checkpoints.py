"""Makes random Qwen2.5-VL checkpoints that nobody has seen: `random_checkpoints.py FOLDER SEED COUNT`.

Each is a folder FOLDER/SEED with `model/`, `pictures/` and `expected.json` with its files, in the form of
tests/reference/fixtures. Prints a JSON list: what each was drawn as. The same seed gives the same checkpoint.
"""

import json
import random
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from PIL import Image
from transformers import AutoTokenizer

sys.path.insert(0, str(Path(__file__).parents[2] / "reference"))
from cases import NEW_TOKENS, compute, encode, load, logits
from checkpoints import VOCABULARY_SIZE, Checkpoint, flat_config, save_checkpoint
from gradients import answered, write_gradients

WORDS = "The striker runs behind the last defender 球 Où? 2 - 1! <think> I'll pass\n\n 足球 Ü é ... x=0.5; {} 👍 <answer>".split(" ")

# With the means that the Hub's template has and that of the fixtures has not: a namespace, and a variable nobody sets.
OTHER_TEMPLATE = """{%- set count = namespace(value=0) -%}
{% for message in messages %}{% if loop.first and message['role'] != 'system' %}<|im_start|>system
Be brief.<|im_end|>
{% endif %}<|im_start|>{{ message['role'] }}
{% if message['content'] is string %}{{ message['content'] | trim }}<|im_end|>
{% else %}{% for content in message['content'] %}{% if content['type'] == 'image' or 'image' in content %}\
{% set count.value = count.value + 1 %}{% if add_vision_id %}Picture: {% endif %}({{ count.value }})\
<|vision_start|><|image_pad|><|vision_end|>{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}<|im_end|>
{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""


def divisors(number: int) -> list[int]:
    return [part for part in range(1, number + 1) if number % part == 0]


def draw_text(rng: random.Random) -> dict:
    head_size = rng.choice([4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64])
    heads = rng.choice([heads for heads in range(1, 17) if 32 <= heads * head_size <= 128])
    cuts = sorted(rng.randint(0, head_size // 2) for _ in range(2))
    layers = rng.randint(1, 4)
    drawn = dict(
        hidden_size=heads * head_size,
        intermediate_size=rng.randint(8, 160),
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=rng.choice(divisors(heads)),
        rms_norm_eps=rng.choice([1e-6, 1e-5, 1e-3]),
        rope_parameters={
            "rope_type": "default",
            "rope_theta": rng.choice([1e6, 1e4, 5e5, 1234.5]),
            "mrope_section": [cuts[0], cuts[1] - cuts[0], head_size // 2 - cuts[1]],
        },
        vocab_size=VOCABULARY_SIZE + rng.choice([0, 0, 1, 32, 37]),
        max_position_embeddings=4096,
    )
    if rng.random() < 0.3:
        first = rng.randint(0, layers)
        drawn |= dict(use_sliding_window=True, sliding_window=rng.randint(1, 60), max_window_layers=first)
    return drawn


def draw_vision(rng: random.Random) -> dict:
    odd = rng.random() < 0.25
    patch, merge = (rng.choice([4, 7, 16]), rng.choice([1, 2, 3])) if odd else (14, 2)
    heads = rng.randint(1, 4)
    depth = rng.randint(1, 5)
    return dict(
        hidden_size=heads * rng.choice([4, 8, 12, 16, 20]),
        intermediate_size=rng.randint(8, 96),
        depth=depth,
        num_heads=heads,
        patch_size=patch,
        spatial_merge_size=merge,
        temporal_patch_size=rng.choice([1, 2, 3]) if odd else 2,
        window_size=patch * merge * rng.choice([1, 2, 3, 4, 5]),
        # Also one that is not there, as in the smaller models' copies of the config of a larger.
        fullatt_block_indexes=sorted(layer for layer in range(depth + 1) if rng.random() < 0.4),
    )


def draw_checkpoint(rng: random.Random, seed: int) -> Checkpoint:
    text = draw_text(rng)
    fewest = rng.randint(1, 12)
    return Checkpoint(
        name=str(seed),
        seed=seed,
        tied=rng.random() < 0.5,
        text=text,
        vision=draw_vision(rng),
        cells=(fewest, fewest + rng.randint(3, 40)),
        scale=1.1 / text["hidden_size"] ** 0.5,
        dtype=rng.choice([torch.float32, torch.float16, torch.bfloat16]),
        save=rng.choice([{}, {"save_original_format": False}, {"max_shard_size": rng.choice(["60KB", "200KB"])}]),
        hub_preprocessor=rng.random() < 0.5,
        end_bias=rng.choice([1.0, 1.4]),
    )


def save_picture(rng: random.Random, folder: Path, number: int) -> str:
    """A picture of a random size, pixel format and file format."""
    noise = np.random.default_rng(rng.randrange(2**32))
    width, height = rng.choice(
        [
            (rng.randint(1, 12), rng.randint(1, 12)),
            (rng.randint(20, 320), rng.randint(20, 320)),
            (rng.randint(20, 320), rng.randint(20, 320)),
            (rng.randint(100, 190), 1),
            (28 * rng.randint(1, 6), 28 * rng.randint(1, 6)),
            (rng.randint(600, 900), rng.randint(400, 700)),
        ]
    )
    bands = rng.choice([1, 2, 3, 3, 3, 4])
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    waves = [np.sin(noise.uniform(1, 40) * x + noise.uniform(1, 40) * y) for _ in range(bands)]
    pixels = 127.5 + 100 * np.stack(waves, axis=-1) + noise.normal(0, rng.choice([0, 5, 60]), (height, width, bands))
    pixels = np.clip(pixels, 0, 255).astype(np.uint8)
    picture = Image.fromarray(pixels[..., 0] if bands == 1 else pixels)
    kind = rng.choice(["png", "png", "jpg", "webp", "palette", "gif"])
    if kind == "jpg" and bands in (1, 3):
        path = folder / f"{number}.jpg"
        progressive = rng.random() < 0.3
        picture.save(path, quality=rng.randint(30, 95), subsampling=rng.choice([0, 1, 2]), progressive=progressive)
    elif kind == "webp" and bands >= 3:
        path = folder / f"{number}.webp"
        picture.save(path, lossless=True, exact=True)
    elif kind in ("palette", "gif") and bands in (1, 3):
        path = folder / f"{number}.{'png' if kind == 'palette' else kind}"
        picture.quantize(rng.randint(2, 256)).save(path)
    else:
        path = folder / f"{number}.png"
        picture.save(path)
    return f"{folder.name}/{path.name}"


def draw_prompt(rng: random.Random, pictures: list[str], words: int) -> dict:
    """One to three turns, with the pictures spread over those of the user."""
    turns = [[{"type": "image", "path": path}] for path in pictures] + [[] for _ in range(rng.randint(1, 2))]
    rng.shuffle(turns)
    messages, images = [], []
    if rng.random() < 0.5:
        messages.append({"role": "system", "content": " ".join(rng.choices(WORDS, k=rng.randint(0, 6)))})
    for number, turn in enumerate(turns):
        said = " ".join(rng.choices(WORDS, k=rng.randint(1, words)))
        content = [{"type": "text", "text": said}]
        for item in turn:
            content.insert(rng.randint(0, 1), {"type": "image"})
            images.append(item["path"])
        messages.append({"role": "user", "content": said if not turn and rng.random() < 0.5 else content})
        if number < len(turns) - 1:
            messages.append({"role": "assistant", "content": rng.choice(["<answer>shot</answer>", "", "Où?"])})
    return {"messages": messages, "images": images, "maxTokens": NEW_TOKENS}


def draw_cases(rng: random.Random, directory: Path) -> dict[str, list[dict]]:
    folder = directory / "pictures"
    folder.mkdir()
    paths = [save_picture(rng, folder, number) for number in range(9)]
    return {
        "text": [draw_prompt(rng, [], 12)],
        "long": [draw_prompt(rng, paths[:1], 150)],
        "image": [draw_prompt(rng, paths[1:2], 12)],
        "images": [draw_prompt(rng, paths[2:5], 12)],
        "batch": [draw_prompt(rng, paths[5:7], 20), draw_prompt(rng, [], 5), draw_prompt(rng, paths[7:], 8)],
    }


def draw_answered(rng: random.Random, paths: list[str]) -> dict[str, list[dict]]:
    """Batches of chats that end with an answer, for gradients."""

    def chat(pictures: list[str], words: int) -> dict:
        return answered(draw_prompt(rng, pictures, words), " ".join(rng.choices(WORDS, k=rng.randint(0, 8))))

    return {
        "answer": [chat([], 12)],
        "answers": [chat([], 5), chat([], 30)],
        "seen": [chat(paths[1:3], 8), chat([], 16), chat(paths[5:6], 3)],
    }


def write_forms(checkpoint: Checkpoint, model: Path, forms: list[str]) -> None:
    """Says the same in the other ways in which folders are found."""
    if "flat" in forms and "sliding_window" not in checkpoint.text:
        (model / "config.json").write_text(json.dumps(flat_config(model)))
    if "template" in forms:
        config = json.loads((model / "tokenizer_config.json").read_text())
        (model / "tokenizer_config.json").write_text(json.dumps({**config, "chat_template": OTHER_TEMPLATE}))
    if "tokenizer" in forms:  # As transformers 5 writes it, the chat template in a file of its own.
        AutoTokenizer.from_pretrained(model).save_pretrained(model)
    if "processor" in forms:  # As transformers 5 saves a processor whole.
        path = model / "preprocessor_config.json"
        whole = {"image_processor": json.loads(path.read_text()), "processor_class": "Qwen2_5_VLProcessor"}
        (model / "processor_config.json").write_text(json.dumps(whole))
        path.unlink()


def make(directory: Path, seed: int) -> dict:
    rng = random.Random(seed)
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    checkpoint = draw_checkpoint(rng, seed)
    save_checkpoint(checkpoint, directory / "model")
    forms = [form for form in ("flat", "tokenizer", "processor", "template") if rng.random() < 0.4]
    write_forms(checkpoint, directory / "model", forms)
    reference, other = (load(directory / "model", attention) for attention in ("eager", "sdpa"))
    cases = []
    for name, prompts in draw_cases(rng, directory).items():
        case = compute(reference, name, prompts, directory)
        inputs = encode(reference, prompts, directory)
        case["noise"] = (logits(reference, inputs) - logits(other, inputs)).abs().max().item()
        cases.append(case)
    paths = sorted({path for case in cases for prompt in case["input"] for path in prompt["images"]})
    batches = draw_answered(rng, paths)
    gradients = [write_gradients(reference, name, chats, directory) for name, chats in batches.items()]
    (directory / "expected.json").write_text(json.dumps({"cases": cases, "gradients": gradients}))
    drawn = [checkpoint.text, checkpoint.vision, checkpoint.tied, checkpoint.dtype, checkpoint.save, forms]
    return {"seed": seed, "drawn": str(drawn), "noise": max(case["noise"] for case in cases)}


def main(folder: str, seed: str, count: str) -> None:
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(1)
    seeds = range(int(seed), int(seed) + int(count))
    print(json.dumps([make(Path(folder) / str(seed), seed) for seed in seeds]))


if __name__ == "__main__":
    main(*sys.argv[1:])
