"""The tiny random checkpoints: what shapes they have, and how they are saved."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizer import save_tokenizer
from transformers import GenerationConfig, Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

VOCABULARY_SIZE = 480


@dataclass(frozen=True)
class Checkpoint:
    """One checkpoint: its two networks, how it is saved, and the seed of its weights."""

    name: str
    seed: int
    tied: bool
    text: dict
    vision: dict
    cells: tuple[int, int]  # fewest and most image tokens of a picture
    scale: float = 0.15  # standard deviation of the matrices of the layers
    dtype: torch.dtype = torch.float32
    save: dict = field(default_factory=dict)
    # Written as the Hub's Qwen2.5-VL folders have it: min_pixels and max_pixels instead of size.
    hub_preprocessor: bool = False
    # Makes the end of the turn likelier, so that rows of a batch stop at different steps.
    end_bias: float = 1.0


def _rope(theta: float, sections: list[int]) -> dict:
    return {"rope_type": "default", "rope_theta": theta, "mrope_section": sections}


CHECKPOINTS = [
    Checkpoint(
        name="tied",
        seed=18,
        tied=True,
        text=dict(
            hidden_size=64,
            intermediate_size=72,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            rms_norm_eps=1e-6,
            rope_parameters=_rope(1e6, [2, 3, 3]),
        ),
        vision=dict(
            hidden_size=24, intermediate_size=36, depth=3, num_heads=2, window_size=56, fullatt_block_indexes=[1]
        ),
        cells=(4, 13),
    ),
    Checkpoint(
        name="untied",
        seed=115,
        tied=False,
        # No head_dim unlike hidden / heads: the reference's attention refuses it.
        text=dict(
            hidden_size=48,
            intermediate_size=56,
            num_hidden_layers=3,
            num_attention_heads=6,
            num_key_value_heads=1,
            rms_norm_eps=1e-5,
            rope_parameters=_rope(1e6, [1, 2, 1]),
        ),
        vision=dict(
            hidden_size=24, intermediate_size=20, depth=4, num_heads=3, window_size=56, fullatt_block_indexes=[0, 2]
        ),
        cells=(2, 9),
        hub_preprocessor=True,
        end_bias=1.3,
    ),
    Checkpoint(
        name="sharded",
        seed=126,
        tied=True,
        text=dict(
            hidden_size=64,
            intermediate_size=80,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            rms_norm_eps=1e-6,
            rope_parameters=_rope(10_000.0, [4, 6, 6]),
        ),
        vision=dict(
            hidden_size=32, intermediate_size=48, depth=3, num_heads=2, window_size=84, fullatt_block_indexes=[2]
        ),
        cells=(1, 16),
        scale=0.13,
        dtype=torch.bfloat16,
        # The names that the classes use inside; the others are saved with the names of the Hub's folders.
        save=dict(max_shard_size="100KB", save_original_format=False),
    ),
    Checkpoint(
        name="sliding",
        seed=13,
        tied=False,
        text=dict(
            hidden_size=48,
            intermediate_size=64,
            num_hidden_layers=4,
            num_attention_heads=3,
            num_key_value_heads=1,
            rms_norm_eps=1e-6,
            rope_parameters=_rope(500_000.0, [3, 2, 3]),
            use_sliding_window=True,
            sliding_window=16,
            max_window_layers=2,
        ),
        vision=dict(
            hidden_size=16, intermediate_size=24, depth=2, num_heads=1, window_size=112, fullatt_block_indexes=[0]
        ),
        cells=(4, 20),
        dtype=torch.float16,
    ),
]


def _fill(model: torch.nn.Module, checkpoint: Checkpoint, end_of_turn: int) -> None:
    """Random weights, biases and norms too: the reference starts them at 0 and 1, which would hide mistakes."""
    generator = torch.Generator().manual_seed(checkpoint.seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if "norm" in name or "ln_q" in name:
                parameter.copy_(1 + 0.2 * noise)
            elif name.endswith("bias"):
                parameter.copy_(0.2 * noise)
            elif "patch_embed" in name:
                # A patch has 1176 values: at the scale of the other matrices it would drown everything else.
                parameter.copy_(0.03 * noise)
            elif "embed_tokens" in name or "lm_head" in name:
                # Below the layers' scale: else greedy text repeats the last token read.
                parameter.copy_(0.1 * noise)
            else:
                parameter.copy_(checkpoint.scale * noise)
        model.lm_head.weight[end_of_turn] *= checkpoint.end_bias


def save_checkpoint(checkpoint: Checkpoint, directory: Path) -> None:
    """Writes the model folder: weights, config, generation config, tokenizer and image processor."""
    ids = save_tokenizer(directory)
    token_ids = dict(
        image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"],
        vision_end_token_id=ids["<|vision_end|>"],
    )
    text = {
        "vocab_size": VOCABULARY_SIZE,
        "max_position_embeddings": 1024,
        "bos_token_id": ids["<|endoftext|>"],
        "eos_token_id": ids["<|im_end|>"],
        **checkpoint.text,
    }
    vision = dict(out_hidden_size=checkpoint.text["hidden_size"], **checkpoint.vision)
    config = Qwen2_5_VLConfig(
        text_config=text, vision_config=vision, tie_word_embeddings=checkpoint.tied, **token_ids
    )
    model = Qwen2_5_VLForConditionalGeneration(config)
    _fill(model, checkpoint, ids["<|im_end|>"])
    model.generation_config = GenerationConfig(
        bos_token_id=ids["<|endoftext|>"],
        eos_token_id=[ids["<|im_end|>"], ids["<|endoftext|>"]],
        pad_token_id=ids["<|endoftext|>"],
        do_sample=False,
    )
    model.to(checkpoint.dtype).save_pretrained(directory, **checkpoint.save)

    sizes = config.vision_config
    cell = (sizes.patch_size * sizes.spatial_merge_size) ** 2  # pixels under one image token
    fewest, most = (cells * cell for cells in checkpoint.cells)
    Qwen2VLImageProcessorPil(
        size={"shortest_edge": fewest, "longest_edge": most},
        patch_size=sizes.patch_size,
        merge_size=sizes.spatial_merge_size,
        temporal_patch_size=sizes.temporal_patch_size,
    ).save_pretrained(directory)
    if checkpoint.hub_preprocessor:
        path = directory / "preprocessor_config.json"
        saved = json.loads(path.read_text())
        kept = ("patch_size", "temporal_patch_size", "merge_size", "image_mean", "image_std", "image_processor_type")
        hub = {"min_pixels": fewest, "max_pixels": most, **{key: saved[key] for key in kept}}
        path.write_text(json.dumps({**hub, "processor_class": "Qwen2_5_VLProcessor"}, indent=2) + "\n")
    for weights in directory.glob("*.safetensors"):
        weights.chmod(0o644)  # safetensors writes 0600


def flat_config(directory: Path) -> dict:
    """The config.json in `directory` in the form that the Hub's Qwen2.5-VL-3B-Instruct has: no text_config."""
    config = json.loads((directory / "config.json").read_text())
    text, vision = config["text_config"], config["vision_config"]
    rope = text["rope_parameters"]
    kept_text = (
        "attention_dropout bos_token_id eos_token_id hidden_act hidden_size initializer_range intermediate_size "
        "max_position_embeddings num_attention_heads num_hidden_layers num_key_value_heads rms_norm_eps use_cache "
        "vocab_size"
    ).split()
    kept_vision = (
        "depth hidden_act hidden_size intermediate_size num_heads out_hidden_size patch_size spatial_merge_size "
        "window_size fullatt_block_indexes temporal_patch_size"
    ).split()
    kept_tokens = "vision_start_token_id vision_end_token_id image_token_id video_token_id".split()
    return {
        "architectures": config["architectures"],
        "model_type": "qwen2_5_vl",
        **{key: text[key] for key in kept_text},
        **{key: config[key] for key in kept_tokens},
        "rope_theta": rope["rope_theta"],
        "rope_scaling": {"type": "mrope", "mrope_section": rope["mrope_section"]},
        # Named though unused, as on the Hub: a reader that looks only at sliding_window gets it wrong.
        "use_sliding_window": False,
        "sliding_window": 8,
        "max_window_layers": 1,
        "tie_word_embeddings": config["tie_word_embeddings"],
        "torch_dtype": config["dtype"],
        "transformers_version": "4.41.2",
        "vision_config": {
            **{key: vision[key] for key in kept_vision},
            "in_chans": vision["in_channels"],
            "spatial_patch_size": vision["patch_size"],
            "tokens_per_second": 2,
        },
    }
