"""Qwen2.5-VL's processor without its half for videos.

That half needs torchvision of the same build as torch, and PyPI has none for torch's CPU build.
"""

from transformers import Qwen2_5_VLProcessor


class PictureProcessor(Qwen2_5_VLProcessor):
    # What transformers loads for a processor are the parameters that it sees here.
    def __init__(self, image_processor=None, tokenizer=None, chat_template=None, **kwargs):
        super().__init__(image_processor, tokenizer, chat_template=chat_template, **kwargs)
