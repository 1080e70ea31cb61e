/** @file The tokenizer as Hugging Face's files say it: byte-level BPE, added tokens, and how a chat is written out. */
import { ADDED_TOKENS } from "./added.ts";
import { trainBpe } from "./bpe.ts";
import { countWithNumbers, WORD_PATTERN } from "./words.ts";

export interface NewTokenizer {
  /** Tokens in all. */
  size: number;
  /** The id of an added token. */
  idOf(content: string): number;
  /** What `tokenizer.json` holds. */
  file: object;
  /** What `tokenizer_config.json` holds. */
  config: object;
}

/** Jinja, as `chat_template.jinja` and `tokenizer_config.json` have it. */
export const CHAT_TEMPLATE = [
  "{% for message in messages %}<|im_start|>{{ message['role'] }}\n",
  "{% if message['content'] is string %}{{ message['content'] }}",
  "{% else %}{% for item in message['content'] %}",
  "{% if item['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>",
  "{% elif 'text' in item %}{{ item['text'] }}{% endif %}",
  "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}",
  "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
].join("");

/** Learns at most `vocabulary` tokens, the added ones included, from the texts. */
export function makeTokenizer(
  corpus: readonly string[],
  vocabulary: number,
  contextTokens: number,
): NewTokenizer {
  const { tokens, merges } = trainBpe(countWithNumbers(corpus), vocabulary - ADDED_TOKENS.length);
  const added = ADDED_TOKENS.map(({ content, special }, i) =>
    Object.assign({ id: tokens.length + i, content, special }, PLAIN),
  );
  const ids = new Map(added.map(({ id, content }) => [content, id]));
  return {
    size: tokens.length + added.length,
    idOf: (content) => ids.get(content)!,
    file: {
      version: "1.0",
      truncation: null,
      padding: null,
      added_tokens: added,
      // None, so that every text comes back as it was.
      normalizer: null,
      pre_tokenizer: {
        type: "Sequence",
        pretokenizers: [
          { type: "Split", pattern: { Regex: WORD_PATTERN }, behavior: "Isolated", invert: false },
          { type: "ByteLevel", ...BYTE_LEVEL },
        ],
      },
      post_processor: null,
      decoder: { type: "ByteLevel", ...BYTE_LEVEL },
      model: {
        type: "BPE",
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: false,
        vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
        merges,
      },
    },
    config: {
      // Qwen2Tokenizer would put words of its own in the place of ours.
      tokenizer_class: "PreTrainedTokenizerFast",
      processor_class: "Qwen2_5_VLProcessor",
      add_prefix_space: false,
      clean_up_tokenization_spaces: false,
      bos_token: null,
      eos_token: "<|im_end|>",
      pad_token: "<|endoftext|>",
      unk_token: null,
      padding_side: "left",
      model_max_length: contextTokens,
      added_tokens_decoder: Object.fromEntries(added.map(({ id, ...token }) => [id, token])),
      chat_template: CHAT_TEMPLATE,
    },
  };
}

/** An added token is found as it stands, inside words too. */
const PLAIN = { single_word: false, lstrip: false, rstrip: false, normalized: false };

const BYTE_LEVEL = { add_prefix_space: false, trim_offsets: true, use_regex: false };
