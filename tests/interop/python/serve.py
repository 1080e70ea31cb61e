"""Starts `transformers serve` with the arguments given, until standard input is closed.

Qwen2.5-VL's processor has a half for videos, which needs torchvision of the same build as torch, and PyPI has none for
torch's CPU build. Play shows no videos, so a folder that names no processor gets one without that half.
"""

import os
import sys
import threading

from transformers import AutoProcessor, Qwen2_5_VLConfig, Qwen2_5_VLProcessor
from transformers.cli.transformers import main


class PictureProcessor(Qwen2_5_VLProcessor):
    # What transformers loads for a processor are the parameters that it sees here.
    def __init__(self, image_processor=None, tokenizer=None, chat_template=None, **kwargs):
        super().__init__(image_processor, tokenizer, chat_template=chat_template, **kwargs)


def end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
AutoProcessor.register(Qwen2_5_VLConfig, PictureProcessor, exist_ok=True)
sys.argv = ["transformers", "serve", *sys.argv[1:]]
main()
