/** @file Questions as verl reads them from parquet: https://verl.readthedocs.io/en/latest/preparation/prepare_data.html. */
import { TouchlineError } from "../../env/error.ts";
import type { ChatMessage } from "../../agent/model/index.ts";
import type { QuestionKind, Shown } from "../question/index.ts";
import type { VerifierName } from "../reward/index.ts";
import type { ParquetColumns } from "../table/index.ts";

const COLUMNS: ParquetColumns = {
  /** Validation is averaged by it, and a reward function may look at it. */
  data_source: "string",
  prompt: { list: { struct: { role: "string", content: "string" } } },
  ability: "string",
  reward_model: { struct: { style: "string", ground_truth: "string" } },
  /** What the reward depends on stands here too, as a label of `/get_reward` has it. */
  extra_info: {
    struct: {
      split: "string",
      index: "int64",
      kind: "string",
      question: "string",
      verifier: "string",
      shown: "string",
    },
  },
};

/** Without pictures there must be no column of them: older versions of verl would look for a processor. */
export function verlColumns(hasPictures: boolean): ParquetColumns {
  return hasPictures ? { ...COLUMNS, images: { list: { struct: { bytes: "binary" } } } } : COLUMNS;
}

export interface VerlQuestion {
  messages: readonly ChatMessage[];
  /** PNG files. */
  images: readonly Uint8Array[];
  gold: string;
  verifier: VerifierName;
  kind: QuestionKind;
  split: "train" | "test";
  /** The number of the row. */
  index: number;
}

export function verlRow(question: VerlQuestion): Record<string, unknown> {
  const { messages, images, gold, verifier, kind, split, index } = question;
  const shown: Shown = images.length > 0 ? "frame" : "words";
  const asked = wordsOf(messages.at(-1)!.content);
  return {
    data_source: `touchline/${kind}`,
    prompt: messages.map(({ role, content }) => ({ role, content: marked(content) })),
    ability: "football",
    reward_model: { style: "rule", ground_truth: gold },
    extra_info: { split, index, kind, question: asked, verifier, shown },
    images: images.map((bytes) => ({ bytes })),
  };
}

function wordsOf(content: ChatMessage["content"]): string {
  if (typeof content === "string") return content;
  return content.map((item) => (item.type === "text" ? item.text : "")).join("");
}

/** One text, with `<image>` where verl puts a picture. */
function marked(content: ChatMessage["content"]): string {
  if (typeof content === "string") return content;
  return content.map((item) => (item.type === "image" ? "<image>" : item.text)).join("");
}

/** @throws TouchlineError `data/system` for words of the system that verl would take for a picture. */
export function checkVerlSystem(system: string | undefined): void {
  const mark = /<(?:image|video|audio)>/.exec(system ?? "")?.[0];
  if (mark === undefined) return;
  const message = `The words of the system have ${mark} in them, where verl would look for a file; write them without it.`;
  throw new TouchlineError("data/system", message);
}
