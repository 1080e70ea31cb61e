"""The reference's half of `npm run bench:train`: answers commands, one JSON document a line, until its input ends."""

import json
import resource
import sys
import time

import torch
from transformers import Qwen2_5_VLForConditionalGeneration
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()


class Bench:
    def open(self, directory: str, batch: int, length: int, threads: int, fused: bool, device: str, **_) -> dict:
        torch.set_num_threads(threads)
        self.model = Qwen2_5_VLForConditionalGeneration.from_pretrained(
            directory, dtype=torch.float32, attn_implementation="sdpa"
        ).train()
        # WebGPU is no device of torch's: on a machine with a GPU it takes CUDA.
        self.device = "cuda" if device != "cpu" and torch.cuda.is_available() else "cpu"
        self.model.to(self.device)
        self.parameters = [p for name, p in self.model.named_parameters() if "visual" not in name]
        # The tower gets no gradient from text; torch is not to keep room for it either.
        decays = [p for p in self.parameters if p.dim() > 1]
        others = [p for p in self.parameters if p.dim() <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decays, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}],
            lr=1e-3,
            betas=(0.9, 0.95),
            eps=1e-8,
            fused=fused or None,
        )
        self.ids = torch.tensor([[(row * 7 + i * 3) % 400 for i in range(length)] for row in range(batch)])
        self.ids = self.ids.to(self.device)
        parameters = sum(p.numel() for p in self.parameters)
        return {"parameters": parameters, "torch": torch.__version__, "device": self.device}

    def step(self) -> dict:
        start, cpu = time.perf_counter(), time.process_time()
        mask = torch.ones_like(self.ids)
        loss = self.model(input_ids=self.ids, attention_mask=mask, labels=self.ids, use_cache=False).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        result = {"loss": loss.item(), "gradientNorm": norm.item(), "outside": 0}
        end, cpu_end = time.perf_counter(), time.process_time()
        return {**result, "milliseconds": 1000 * (end - start), "cpuMilliseconds": 1000 * (cpu_end - cpu)}

    def memory(self) -> dict:
        return {"peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


bench = Bench()
for line in sys.stdin:
    name, arguments = json.loads(line)
    print(json.dumps(getattr(bench, name)(**arguments)), flush=True)
