/** @file From a model's words to its thought and its action. */

export const ANSWER_FORMATS = ["think-answer", "analyze-action"] as const;
/** `<think>...</think><answer>...</answer>` as in LMM-R1, or `# analyze ... # action ...` as in MageBench. */
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

export interface Answer {
  /** Whether the text has exactly the form that was asked for, as the reward for form counts it. */
  wellFormed: boolean;
  think: string;
  /** The words of the action; undefined when there are none, and `reason` says why. */
  answer?: string;
  reason?: string;
}

/**
 * Reads an answer. A thought that is out of form does not hide an action that is plain to see: only `wellFormed`
 * suffers. Without exactly one action there is none.
 */
export function readAnswer(text: string, format: AnswerFormat): Answer {
  return format === "think-answer" ? readTags(text.trim()) : readHeadings(text);
}

/** LMM-R1's (arXiv 2503.07536, math_verifier.py): nothing may stand between the two parts, nor a tag twice. */
const STRICT = /^<think>((?:(?!<\/think>)[^])*)<\/think><answer>((?:(?!<\/answer>)[^])*)<\/answer>$/;

function readTags(text: string): Answer {
  const strict = STRICT.exec(text);
  if (strict && count(text, "<think>") === 1 && count(text, "<answer>") === 1) {
    return { wellFormed: true, think: strict[1]!.trim(), ...found(strict[2]!, "<answer> is empty.") };
  }
  const think = /<think>([^]*?)(?:<\/think>|<answer>|$)/.exec(text)?.[1] ?? "";
  const answers = [...text.matchAll(/<answer>([^]*?)<\/answer>/g)];
  const rest = { wellFormed: false, think: think.trim() };
  if (answers.length === 1) return { ...rest, ...found(answers[0]![1]!, "<answer> is empty.") };
  const reason =
    answers.length > 1 ? "there is more than one <answer>." : "there is no <answer>...</answer>.";
  return { ...rest, reason };
}

function readHeadings(text: string): Answer {
  const parts = text.split(/^[ \t]*#+[ \t]*action[ \t]*$/im);
  const [before, after] = [parts[0] ?? "", parts[1]];
  const think = before.replace(/^\s*#+[ \t]*analyze[ \t]*$/im, "").trim();
  if (parts.length !== 2) {
    const reason = parts.length > 2 ? 'there is more than one "# action".' : 'there is no line "# action".';
    return { wellFormed: false, think, reason };
  }
  const wellFormed = /^\s*# analyze\s*\n/.test(text) && text.includes("\n# action\n");
  return { wellFormed, think, ...found(after!, 'nothing stands after "# action".') };
}

function found(words: string, otherwise: string): { answer: string } | { reason: string } {
  const answer = words.trim();
  return answer ? { answer } : { reason: otherwise };
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
