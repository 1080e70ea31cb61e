"""What the reference computes for a prompt: ids, positions, pixel values, image features, logits, greedy text."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import AutoImageProcessor, AutoTokenizer, BatchFeature, Qwen2_5_VLForConditionalGeneration

IMAGE_PAD = "<|image_pad|>"
NEW_TOKENS = 64


@dataclass(frozen=True)
class Reference:
    """A checkpoint as the reference loads it, in float32 whatever type its weights were saved in."""

    model: Qwen2_5_VLForConditionalGeneration
    tokenizer: AutoTokenizer
    image_processor: AutoImageProcessor


def load(directory: Path, attention: str = "eager") -> Reference:
    model = Qwen2_5_VLForConditionalGeneration.from_pretrained(
        directory, dtype=torch.float32, attn_implementation=attention
    )
    # The processor class would do this and the text in one go, but its video half needs torchvision.
    processor = AutoImageProcessor.from_pretrained(directory, backend="pil")
    return Reference(model.eval(), AutoTokenizer.from_pretrained(directory), processor)


def user(*parts: str, system: str | None = None) -> dict:
    """A prompt of one user turn; a part that ends in .png is a picture."""
    content = [{"type": "image"} if part.endswith(".png") else {"type": "text", "text": part} for part in parts]
    messages = [{"role": "user", "content": content}]
    if system is not None:
        messages.insert(0, {"role": "system", "content": [{"type": "text", "text": system}]})
    # Relative to expected.json, so that an entry is what `touchline model logits --input` reads.
    images = [f"../images/{part}" for part in parts if part.endswith(".png")]
    return {"messages": messages, "images": images, "maxTokens": NEW_TOKENS}


def encode(reference: Reference, prompts: list[dict], directory: Path, generate: bool = True) -> BatchFeature:
    """Model inputs of a batch, padded on the left; `generate` opens the assistant's turn. `texts` holds what
    the tokenizer reads: the rendered template with every image placeholder repeated for its image tokens."""
    images = [Image.open(directory / path) for prompt in prompts for path in prompt["images"]]
    inputs = reference.image_processor(images, return_tensors="pt") if images else BatchFeature()
    merge = reference.image_processor.merge_size**2
    tokens = iter([int(grid.prod()) // merge for grid in inputs.get("image_grid_thw", [])])
    texts = []
    for prompt in prompts:
        rendered = reference.tokenizer.apply_chat_template(
            prompt["messages"], tokenize=False, add_generation_prompt=generate
        )
        first, *others = rendered.split(IMAGE_PAD)
        texts.append(first + "".join(IMAGE_PAD * next(tokens) + other for other in others))
    inputs.update(reference.tokenizer(texts, padding=True, padding_side="left", return_tensors="pt"))
    inputs["mm_token_type_ids"] = (inputs["input_ids"] == reference.model.config.image_token_id).int()
    inputs["texts"] = texts
    return inputs


def model_inputs(inputs: BatchFeature) -> dict:
    return {key: value for key, value in inputs.items() if key != "texts"}


def logits(reference: Reference, inputs: BatchFeature) -> torch.Tensor:
    """[real positions of all rows, vocabulary]: row after row, padding left out."""
    with torch.no_grad():
        every = reference.model(**model_inputs(inputs), use_cache=False).logits
    return every[inputs["attention_mask"].bool()]


def _greedy(reference: Reference, inputs: BatchFeature) -> list[dict]:
    """Greedy ids and text of each row up to and with its end token, and how narrowly each was chosen."""
    given = model_inputs(inputs)
    with torch.no_grad():
        result = reference.model.generate(
            **given, max_new_tokens=NEW_TOKENS, do_sample=False, return_dict_in_generate=True, output_logits=True
        )
    ends = set(reference.model.generation_config.eos_token_id)
    best = torch.stack(result.logits, dim=1).topk(2).values
    margins = (best[..., 0] - best[..., 1]).tolist()
    rows = []
    for row, margin in zip(result.sequences[:, inputs["input_ids"].shape[1] :].tolist(), margins, strict=True):
        end = next((at + 1 for at, token in enumerate(row) if token in ends), None)
        rows.append(
            {
                "ids": row[:end],
                "text": reference.tokenizer.decode(row[:end], skip_special_tokens=True),
                "stopped": end is not None,
                "smallest_margin": min(margin[:end]),
            }
        )
    return rows


def _write(path: Path, values: torch.Tensor) -> dict:
    path.write_bytes(np.ascontiguousarray(values.numpy(), dtype="<f4").tobytes())
    return {"file": path.name, "shape": list(values.shape)}


def compute(reference: Reference, name: str, prompts: list[dict], directory: Path) -> dict:
    """One entry of expected.json; its logits and image features go to files beside it."""
    inputs = encode(reference, prompts, directory)
    grid = inputs.get("image_grid_thw")
    positions, deltas = reference.model.model.get_rope_index(
        inputs["input_ids"],
        mm_token_type_ids=inputs["mm_token_type_ids"],
        image_grid_thw=grid,
        attention_mask=inputs["attention_mask"],
    )
    case = {
        "name": name,
        "input": prompts,
        "text": inputs["texts"],
        "input_ids": inputs["input_ids"].tolist(),
        "attention_mask": inputs["attention_mask"].tolist(),
        "position_ids": positions.tolist(),
        "rope_deltas": deltas.flatten().tolist(),
        "image_grid_thw": [] if grid is None else grid.tolist(),
        "pixel_values": None,
        "features": None,
    }
    if grid is not None:
        pixels = inputs["pixel_values"].numpy()
        assert pixels.dtype == np.float32
        with torch.no_grad():
            features = reference.model.model.get_image_features(inputs["pixel_values"], grid).pooler_output
        case["pixel_values"] = {
            "shape": list(pixels.shape),
            "sha256": hashlib.sha256(pixels.astype("<f4").tobytes()).hexdigest(),
            "first": pixels[0, :8].tolist(),
        }
        case["features"] = _write(directory / f"{name}.features.f32", torch.cat(features))
    case["logits"] = _write(directory / f"{name}.logits.f32", logits(reference, inputs))
    case["greedy"] = _greedy(reference, inputs)
    return case
