"""trainer/recipes/trl/train.py as it stands, with a processor that does without torchvision: `train_trl.py FLAGS`."""

import runpy
import sys
from pathlib import Path

import torch
from picture_processor import PictureProcessor
from transformers import AutoProcessor

RECIPE = Path(__file__).parents[3] / "trainer/recipes/trl/train.py"

torch.set_num_threads(1)
# Folders name the processor that has a half for videos.
AutoProcessor.from_pretrained = PictureProcessor.from_pretrained
sys.argv = [str(RECIPE), *sys.argv[1:]]
runpy.run_path(str(RECIPE), run_name="__main__")
print("null")
