/** @file What a model is told of Sokoban: of a plan in one answer, and of one move an answer, by the form of its answers. */
import type { Prompt } from "../../agent/protocol/index.ts";

/** `global`: all moves in one answer. `online`: one move an answer, each after a new frame. */
export type SokobanMode = "global" | "online";

const GAME =
  "You play Sokoban. You move the green figure, which pushes yellow boxes onto the cells with a red dot. You can push one " +
  "box at a time, never pull, and not walk through red walls. Boxes that stand on a red dot are orange.";
const ALL = "Give all moves from this first picture to the end at once.";
const ONE = "Give one move for each picture.";
const UNREAD = "Your last answer could not be read: {reason} Keep to the form that was asked for.";

const FORMS = {
  nano: {
    global: { answer: "think-answer", system: "", first: "Push.", next: "Push.", unparsed: "Push." },
    online: { answer: "think-answer", system: "", first: "Step.", next: "Step.", unparsed: "Step." },
  },
  "think-answer": {
    global: {
      answer: "think-answer",
      system: `${GAME} ${ALL}`,
      first:
        "First think about the moves, then give them. The thought stands in <think> </think> and the answer in " +
        "<answer> </answer>, which is a sequence of Left, Right, Up, Down with commas between: " +
        "<think> The box is right of me. </think><answer> Right, Right, Up </answer>",
      next: "Go on.",
      unparsed: UNREAD,
    },
    online: {
      answer: "think-answer",
      system: `${GAME} ${ONE}`,
      first:
        "First think, then give one move. The thought stands in <think> </think> and the answer in " +
        "<answer> </answer>, which is one of Left, Right, Up, Down: " +
        "<think> The box is right of me. </think><answer> Right </answer>",
      next: "This is how it stands now. Give the next move.",
      unparsed: UNREAD,
    },
  },
  "analyze-action": {
    global: {
      answer: "analyze-action",
      system: `${GAME} ${ALL}`,
      first:
        "Answer in this form:\n### Analyze\nyour analysis.\n### Actions\nA long sequence of Left, Right, Up, Down, separated by ','",
      next: "Go on.",
      unparsed: UNREAD,
    },
    online: {
      answer: "analyze-action",
      system: `${GAME} ${ONE}`,
      first:
        "Answer in this form:\n# analyze\nyour analysis.\n# action\none of Left, Right, Up, Down\n\nFor example:\n# analyze\nThe box is right of me.\n# action\nRight",
      next: "This is how it stands now. Give the next move.",
      unparsed: UNREAD,
    },
  },
} as const satisfies Record<string, Record<SokobanMode, Prompt>>;

export type SokobanForm = keyof typeof FORMS;

/** The form that goes with how a model plays football; any other prompt than ours says nothing of Sokoban. */
export function sokobanForm(footballPrompt: string): SokobanForm {
  return Object.hasOwn(FORMS, footballPrompt) ? (footballPrompt as SokobanForm) : "think-answer";
}

export function sokobanPrompt(form: SokobanForm, mode: SokobanMode): Prompt {
  return FORMS[form][mode];
}
