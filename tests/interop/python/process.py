"""Reads texts and chats with the processor of a model folder: `process.py FOLDER INPUTS`.

INPUTS is a JSON file of `{"texts", "chats": [{"messages", "images"}]}`. Prints a JSON object: the ids of each text and
what they decode to, and the ids of each chat with its pictures, the assistant's turn opened.
"""

import json
import sys
from pathlib import Path

import transformers
from picture_processor import PictureProcessor
from PIL import Image

transformers.utils.logging.set_verbosity_error()
processor = PictureProcessor.from_pretrained(sys.argv[1])
tokenizer = processor.tokenizer
inputs = json.loads(Path(sys.argv[2]).read_text())


def chat_ids(chat: dict) -> list[int]:
    text = processor.apply_chat_template(chat["messages"], tokenize=False, add_generation_prompt=True)
    images = [Image.open(path) for path in chat["images"]]
    return processor(text=[text], images=images or None)["input_ids"][0]


texts = [tokenizer(text)["input_ids"] for text in inputs["texts"]]
decoded = [tokenizer.decode(ids, skip_special_tokens=True) for ids in texts]
print(json.dumps({"texts": texts, "decoded": decoded, "chats": [list(chat_ids(chat)) for chat in inputs["chats"]]}))
