"""Makes the small Qwen2 tokenizer of the reference checkpoints: byte-level BPE with real merges.

`save_tokenizer(directory)` writes tokenizer.json and tokenizer_config.json (chat template inline). Ids: 0..255 the byte
symbols, then the merges, then the special tokens at the end, 480 in all.
"""

import json
import sys
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX

SPECIAL_TOKENS = [
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
]
VOCABULARY_SIZE = 480

CORPUS = """
The striker runs behind the last defender and waits for the pass. The goalkeeper comes off the line, the ball is
played wide, and the winger crosses it early. A midfielder holds the ball in the centre circle and looks for a team
mate. The team in red defends the left goal; the team in blue attacks from the right. Nobody is offside when the ball
is played. The referee adds three minutes. The score is 2 - 1 in the 67th minute, and possession is 54 percent.
<think>The ball is at my feet and there is space ahead of me. Two defenders are between me and the goal. My team mate
on the right is free, so a short pass keeps the ball. I'll pass and then run, they've left a gap, we're ahead, it's
late, I'd wait, he can't shoot, don't dribble, I'm tired.</think><answer>short_pass</answer>
<think>I am near the goal and the goalkeeper is far away. The shot is on.</think><answer>shot</answer>
<answer>sprint</answer> <answer>long_pass</answer> <answer>high_pass</answer> <answer>dribble</answer>
<answer>top_left</answer> <answer>bottom_right</answer> <answer>idle</answer> <answer>sliding</answer>
You are a helpful assistant. You control the player with the ball. Choose one action from the list and explain the
choice in one sentence. What do you see in the frame? Describe the positions of the players, then answer.
Le ballon est au centre du terrain, l'équipe rouge presse très haut et le gardien a déjà relancé à droite. Où est
l'arbitre? Après la mi-temps, les joueurs fatigués reculent.
Der Stürmer läuft in den Strafraum, der Torwart hält den Ball. Über außen kommt die Flanke, drüben wartet schon einer.
El delantero corre hacia la portería; el número 10 está solo en el área. ¿Quién marca? ¡Gol!
足球比赛开始了。红队进攻,蓝队防守。守门员把球传给后卫,后卫把球传给前锋。前锋射门,球进了!比分是二比一。
ボールを持っている選手は右に走ります。キーパーは前に出ます。シュート!
Мяч у вратаря, нападающий бежит к воротам. Защитник бежит за ним и отбирает мяч.
function pass(ball, target) {
    const dx = target.x - ball.x;
    const dy = target.y - ball.y;
    return { dx, dy, speed: Math.sqrt(dx * dx + dy * dy) };
}
def shoot(self, power=1.0):
    for player in self.players:
        if player.has_ball:
            return player.kick(power)
    return None
{"action": "short_pass", "player": 7, "x": 0.25, "y": -0.125, "step": 1500}
"""

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if loop.first and message['role'] != 'system' %}"
    "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
    "{% endif %}"
    "<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}"
    "{% else %}{% for item in message['content'] %}"
    "{% if item['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif item['type'] == 'video' %}<|vision_start|><|video_pad|><|vision_end|>"
    "{% elif 'text' in item %}{{ item['text'] }}{% endif %}"
    "{% endfor %}{% endif %}"
    "<|im_end|>\n"
    "{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def make_tokenizer() -> Tokenizer:
    """The tokenizer, trained on the text above; the same on every run."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PRETOKENIZE_REGEX), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY_SIZE - len(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([CORPUS], trainer)
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL_TOKENS])
    assert tokenizer.get_vocab_size() == VOCABULARY_SIZE
    return tokenizer


def save_tokenizer(directory: str | Path) -> dict[str, int]:
    """Writes tokenizer.json and tokenizer_config.json into `directory`; returns the ids of the special tokens."""
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer()
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
    config = {
        "tokenizer_class": "Qwen2Tokenizer",
        "processor_class": "Qwen2_5_VLProcessor",
        "add_prefix_space": False,
        "clean_up_tokenization_spaces": False,
        "bos_token": None,
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
        "unk_token": None,
        "padding_side": "left",
        "model_max_length": 4096,
        "additional_special_tokens": SPECIAL_TOKENS[1:],
        "added_tokens_decoder": {
            str(tokenizer.token_to_id(token)): {
                "content": token,
                "lstrip": False,
                "normalized": False,
                "rstrip": False,
                "single_word": False,
                "special": True,
            }
            for token in SPECIAL_TOKENS
        },
        "chat_template": CHAT_TEMPLATE,
    }
    (directory / "tokenizer_config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n")
    return {token: tokenizer.token_to_id(token) for token in SPECIAL_TOKENS}


if __name__ == "__main__":
    print(save_tokenizer(sys.argv[1]))
