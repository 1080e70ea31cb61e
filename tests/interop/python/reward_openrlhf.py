"""Rewards as OpenRLHF's own executor of single turns asks for them: `reward_openrlhf.py MODEL SERVERS SAMPLES`.

SERVERS are lists of addresses, SAMPLES are [prompt, label, response]. What stands in for vLLM answers the response; all that
sends, retries and reads is OpenRLHF's. Prints, for each list, what the executor tells the trainer of each sample.
"""

import asyncio
import json
import sys
from types import SimpleNamespace

import torch
from openrlhf.utils.agent import SingleTurnAgentExecutor
from transformers import AutoTokenizer

LONGEST = 4096


class Engine:
    """Of vLLM's, what the executor calls."""

    def __init__(self, tokenizer, response: str) -> None:
        ids = tokenizer(text=response, add_special_tokens=False)["input_ids"]
        self.output = SimpleNamespace(token_ids=ids, text=response, finish_reason="stop", logprobs=None)

    async def generate(self, *_, **__):
        return SimpleNamespace(outputs=[self.output])


async def judge(executor, tokenizer, prompt: str, label: str, response: str) -> dict:
    sampling = SimpleNamespace(max_tokens=None, logprobs=None)
    out = await executor.execute(prompt, label, sampling, LONGEST, tokenizer, Engine(tokenizer, response))
    if out["reward"] is not None:
        # As the trainer does with it.
        assert torch.tensor([out["reward"]]).reshape(-1, 1).shape == (1, 1)
    return {name: out[name] for name in ("reward", "scores", "extra_logs")}


async def main(model: str, servers: str, samples: str) -> None:
    tokenizer = AutoTokenizer.from_pretrained(model)
    told = []
    for urls in json.loads(servers):
        executor = SingleTurnAgentExecutor(urls)
        told.append(await asyncio.gather(*(judge(executor, tokenizer, *sample) for sample in json.loads(samples))))
    print(json.dumps(told))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
