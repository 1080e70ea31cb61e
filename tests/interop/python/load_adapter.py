"""Loads adapters with peft: `load_adapter.py BASE FIXTURE [ADAPTER MERGED]...`.

Prints a JSON list: the layers that peft adapts, what was missing or too much, how far the adapter moves the logits of
the case with pictures, and how far those of the merged folder lie off.
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from peft import PeftModel
from peft.utils import load_peft_weights, set_peft_model_state_dict

sys.path.insert(0, str(Path(__file__).parents[2] / "reference"))
from cases import Reference, encode, load, logits

transformers.utils.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
torch.set_num_threads(1)


def held(base: Path, fixture: Path, adapter: Path, merged: Path) -> dict:
    cases = json.loads((fixture / "expected.json").read_text())["cases"]
    prompts = next(case["input"] for case in cases if case["name"] == "images")
    plain = load(base)
    inputs = encode(plain, prompts, fixture)
    before = logits(plain, inputs)
    model = PeftModel.from_pretrained(plain.model, adapter).eval()
    loaded = set_peft_model_state_dict(model, load_peft_weights(adapter))
    own = [name for name in loaded.missing_keys if "lora_" in name]
    after = logits(Reference(model, plain.tokenizer, plain.image_processor), inputs)
    return {
        "layers": sorted({name.split(".lora_")[0] for name, _ in model.named_parameters() if ".lora_A." in name}),
        "missing": own,
        "unexpected": list(loaded.unexpected_keys),
        "moved": (after - before).abs().max().item(),
        "difference": (after - logits(load(merged), inputs)).abs().max().item(),
    }


base, fixture, *folders = [Path(path) for path in sys.argv[1:]]
pairs = zip(folders[::2], folders[1::2], strict=True)
print(json.dumps([held(base, fixture, adapter, merged) for adapter, merged in pairs]))
