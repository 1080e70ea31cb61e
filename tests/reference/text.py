"""Makes tests/reference/fixtures/text: the small tokenizer's folder, and what transformers makes of texts and chats.

Run from anywhere: `python tests/reference/text.py`. Needs transformers 5.24.0.
"""

import json
from pathlib import Path

from tokenizer import save_tokenizer
from transformers import AutoTokenizer

FOLDER = Path(__file__).parent / "fixtures" / "text"

TEXTS = [
    "", " ", "a", "The striker runs behind the last defender.", "<answer>short_pass</answer>",
    "I'll DON'T we'Ve they'RE it'S I'D I'M", "don’t", "2 - 1 in the 67th minute, 54% of 1234567890", "٣٤٥ ½ ² Ⅷ 十",
    "  two  spaces   three    four ", "tabs\t\tand\n\nlines\r\n\r\n  end\n", "\n", " \n \n ", "trailing   ", "a\u00a0b\u3000c\u2003d",
    "\u0085next\u2028line\u2029paragraph\u000bvt\u000cff\u001funit", "\ufeffmark", "a\ufeffb", "zero\u200bwidth\u200djoin",
    "é e\u0301 ö o\u0308 ñ n\u0303", "Å \u212b A\u030a", "ﬁ ﬂ ① ㎏", "가 \u1100\u1161", "q\u0323\u0307 q\u0307\u0323",
    "👍 👍🏽 👨‍👩‍👧‍👦 🇩🇪 ⚽️", "足球比赛开始了。红队进攻,蓝队防守。", "ボールを持つ選手 カ\u3099", "Мяч у вратаря", "שלום עולם", "مرحبا بالعالم",
    "นักเตะวิ่ง", "हिन्दी में", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈", "ſ K 'ſ I'ſ K'LL", "def f(x):\n    return {'a': x ** 2}  # \"ok\"\n", "a.b->c != d && !e;;; //",
    "<|im_start|>user\nHi<|im_end|>\n", "<|image_pad|><|image_pad|> <|image_pad|>", "x<|endoftext|>y", "<|im_start|", "<|IM_START|>",
    "e\u0301<|im_end|>\u0301 combining after", "<|vision_start|>\u0301<|vision_end|>", "\u0000\u0001\u007f", "-" * 40, "ab" * 40,
    "!?.,;:'\"()[]{}<>@#$%^&*_+=~`|\\/", "under_score camelCase kebab-case UPPER lower", "a\r\nb\rc\n\rd", "… — – “quoted” «guillemets»",
]  # fmt: skip

IMAGE = {"type": "image"}
CHATS = [
    [{"role": "user", "content": "Hello"}],
    [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello\n"}],
    [{"role": "user", "content": [IMAGE, {"type": "text", "text": "What do you see?"}]}],
    [
        {"role": "user", "content": [{"type": "text", "text": "First "}, IMAGE, {"type": "text", "text": " 足球"}, IMAGE]},
        {"role": "assistant", "content": "<answer>shot</answer>"},
        {"role": "user", "content": [{"type": "text", "text": "And now?"}]},
    ],
]

# Ids one by one, in halves of characters and out of the vocabulary.
STREAMS = [[164, 114, 111, 360], [164, 114], [164, 475, 114, 111], [164, 114, 111, 475, 473], [9999, 82, 479], [255, 254, 253, 82]]


def main() -> None:
    ids = save_tokenizer(FOLDER / "tokenizer")
    tokenizer = AutoTokenizer.from_pretrained(FOLDER / "tokenizer")
    texts = []
    for text in TEXTS:
        encoded = tokenizer(text).input_ids
        plain = tokenizer.decode(encoded, skip_special_tokens=True)
        texts.append({"text": text, "ids": encoded, "decoded": tokenizer.decode(encoded), "plain": plain})
    chats = []
    for messages in CHATS:
        for prompt in (False, True):
            text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=prompt)
            ids = tokenizer(text).input_ids
            chats.append({"messages": messages, "addGenerationPrompt": prompt, "text": text, "ids": ids})
    broken = [
        {
            "ids": ids,
            "decoded": tokenizer.decode(ids),
            "plain": tokenizer.decode(ids, skip_special_tokens=True),
        }
        for ids in STREAMS
    ]
    for name, rows in {"texts": texts, "chats": chats, "broken": broken}.items():
        lines = [json.dumps(row) for row in rows]
        (FOLDER / f"{name}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
