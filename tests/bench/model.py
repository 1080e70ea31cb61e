"""The reference's half of `npm run bench:model`: answers commands, one JSON document a line, until its input ends."""

import json
import sys
import time

import numpy as np
import torch
from transformers import Qwen2_5_VLForConditionalGeneration
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()


class Bench:
    def open(self, directory: str, threads: int) -> dict:
        torch.set_num_threads(threads)
        self.models = {
            attention: Qwen2_5_VLForConditionalGeneration.from_pretrained(
                directory, dtype=torch.float32, attn_implementation=attention
            ).eval()
            for attention in ("eager", "sdpa")
        }
        return {"parameters": self.models["eager"].num_parameters(), "torch": torch.__version__}

    def prompt(self, ids: list[int], pixels: str | None, grid: list[int] | None) -> dict:
        """What every row of the following runs is given; `pixels` names a file of float32."""
        self.ids = torch.tensor(ids)
        self.grid = torch.tensor([grid]) if grid else None
        if pixels:
            values = torch.from_numpy(np.fromfile(pixels, dtype="<f4"))
            self.pixels = values.reshape(int(self.grid.prod()), -1)
        return {}

    def generate(self, attention: str, rows: int, tokens: int) -> dict:
        """Greedy: seconds to the first token, seconds of all others, and the tokens of the first row."""
        model = self.models[attention]
        model.model.rope_deltas = None
        ids = self.ids.repeat(rows, 1)
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        if self.grid is not None:
            inputs["pixel_values"] = self.pixels.repeat(rows, 1)
            inputs["image_grid_thw"] = self.grid.repeat(rows, 1)
            inputs["mm_token_type_ids"] = (ids == model.config.image_token_id).int()
        start = time.perf_counter()
        result = model(**inputs, use_cache=True, logits_to_keep=1)
        chosen = result.logits[:, -1].argmax(-1, keepdim=True)
        first = time.perf_counter()
        written = [chosen]
        for _ in range(tokens - 1):
            result = model(input_ids=chosen, past_key_values=result.past_key_values, use_cache=True)
            chosen = result.logits[:, -1].argmax(-1, keepdim=True)
            written.append(chosen)
        end = time.perf_counter()
        return {"prefill": first - start, "decode": end - first, "ids": torch.cat(written, 1)[0].tolist()}

    def vision(self, attention: str, rows: int) -> dict:
        start = time.perf_counter()
        self.models[attention].model.get_image_features(self.pixels.repeat(rows, 1), self.grid.repeat(rows, 1))
        return {"seconds": time.perf_counter() - start}


bench = Bench()
with torch.inference_mode():
    for line in sys.stdin:
        name, arguments = json.loads(line)
        print(json.dumps(getattr(bench, name)(**arguments)), flush=True)
