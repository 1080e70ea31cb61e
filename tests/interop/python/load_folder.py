"""Loads model folders with transformers and holds each against a fixture: `load_folder.py [FOLDER FIXTURE]...`.

Prints a JSON list: what was missing or too much in the weights, and how far the logits of each case lie off.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from transformers import Qwen2_5_VLForConditionalGeneration

sys.path.insert(0, str(Path(__file__).parents[2] / "reference"))
from cases import encode, load, logits

transformers.utils.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
torch.set_num_threads(1)


def held(folder: Path, fixture: Path) -> dict:
    _, info = Qwen2_5_VLForConditionalGeneration.from_pretrained(folder, output_loading_info=True)
    reference = load(folder)
    differences = {}
    for case in json.loads((fixture / "expected.json").read_text())["cases"]:
        values = logits(reference, encode(reference, case["input"], fixture)).numpy()
        expected = np.fromfile(fixture / case["logits"]["file"], dtype="<f4").reshape(values.shape)
        differences[case["name"]] = float(np.abs(values - expected).max())
    keys = {key: sorted(map(str, info[key])) for key in ("missing_keys", "unexpected_keys", "mismatched_keys")}
    return {**keys, "differences": differences}


paths = [Path(path) for path in sys.argv[1:]]
print(json.dumps([held(*pair) for pair in zip(paths[::2], paths[1::2], strict=True)]))
