"""GRPO of a vision-language model with TRL, on decisions that `touchline serve` asks for and plays.

    accelerate launch train.py --config grpo.yaml --model_name_or_path MODEL --output_dir OUT [other flags of either]
"""

import json
from dataclasses import dataclass, field

from datasets import Dataset
from touchline.trl import play_reward, rows
from trl import GRPOConfig, GRPOTrainer, ModelConfig, TrlParser, get_peft_config


@dataclass
class WorldConfig:
    """What is played, and where."""

    url: str = field(default="http://127.0.0.1:8000", metadata={"help": "Of touchline serve."})
    scenario: str = field(default="questions", metadata={"help": "One of its /scenarios."})
    setup: str = field(default="{}", metadata={"help": "The other keys of docs/SERVE.md, as JSON."})
    starts: int = field(default=4096, metadata={"help": "How many episodes prompts are made from."})
    first_seed: int = field(default=1, metadata={"help": "Of the first episode; each has the next one."})


def main(world: WorldConfig, model: ModelConfig, args: GRPOConfig) -> None:
    setup = json.loads(world.setup)
    seeds = range(world.first_seed, world.first_seed + world.starts)
    # Each process asks for itself: the same seeds give the same prompts.
    asked = Dataset.from_list(rows(world.url, world.scenario, seeds, **setup))
    trainer = GRPOTrainer(
        model=model.model_name_or_path,
        args=args,
        train_dataset=asked,
        reward_funcs=play_reward(world.url, world.scenario, **setup),
        peft_config=get_peft_config(model),
    )
    trainer.train()
    trainer.save_model(args.output_dir)


if __name__ == "__main__":
    main(*TrlParser((WorldConfig, ModelConfig, GRPOConfig)).parse_args_and_config())
