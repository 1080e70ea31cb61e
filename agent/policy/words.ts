/**
 * @file A policy that plays by words: shows a model the frame and the prompt, reads its thought and its action. One
 * chat for each player under control; they are asked at the same time.
 */
import { makeRandom, nextUint32 } from "../../env/random.ts";
import { TouchlineError } from "../../env/error.ts";
import { IDLE_ACTIONS } from "../../env/football/index.ts";
import type { Answerer, ModelAnswer } from "../answerer/index.ts";
import {
  actionList,
  actionOf,
  Conversation,
  DEFAULT_MEMORY,
  loadPrompt,
  type Memory,
  type Prompt,
  readAnswer,
} from "../protocol/index.ts";
import { policyRandom } from "./chance.ts";
import type { Decision, PolicyInput, PolicyStart, SeeingPolicy } from "./policy.ts";

export interface WordsOptions {
  /** A name or a file, see `loadPrompt`. */
  prompt?: string;
  memory?: Partial<Memory>;
  /** 0 takes the likeliest token. */
  temperature?: number;
  topP?: number;
  maxTokens?: number;
}

/** Answers are long enough for a thought, and end when the action is there. */
const MAX_TOKENS = 256;

export function wordsPolicy(answerer: Answerer, options: WordsOptions = {}): SeeingPolicy {
  const { temperature = 1, topP = 1, maxTokens = MAX_TOKENS } = options;
  const prompt: Prompt = loadPrompt(options.prompt ?? "think-answer");
  const memory = { ...DEFAULT_MEMORY, ...options.memory };
  const stop = prompt.answer === "think-answer" ? ["</answer>"] : [];
  let chats: Conversation[] = [];
  let random = makeRandom(0);
  let goal = "";

  async function decide(input: PolicyInput): Promise<Decision> {
    const { place, set, space } = input;
    // Drawn before anything is awaited, so that it does not depend on who answers first.
    const seed = nextUint32(random);
    const frame = input.frame();
    const chat = (chats[place] ??= new Conversation(prompt, memory, { goal, actions: actionList(space) }));
    const asked = chat.ask(frame);
    const idle = { action: IDLE_ACTIONS[set], prompt: asked.messages };
    let answer: ModelAnswer;
    try {
      answer = await answerer.answer(asked, {
        seed,
        temperature,
        topP,
        maxTokens,
        stop,
        onText: input.onText,
      });
    } catch (error) {
      if (!(error instanceof TouchlineError)) throw error;
      return { ...idle, failed: error.message };
    }
    const said = readAnswer(answer.text, prompt.answer);
    const read = said.answer === undefined ? { reason: said.reason! } : actionOf(said.answer, set);
    const reason = "reason" in read ? read.reason : undefined;
    chat.answered(answer.text, reason);
    return {
      ...idle,
      ...("action" in read && { action: read.action }),
      ...(reason !== undefined && { unparsed: true, reason }),
      text: answer.text,
      think: said.think,
      ...(said.answer !== undefined && { answer: said.answer }),
      wellFormed: said.wellFormed,
      ...(answer.tokens && { tokens: answer.tokens }),
      ...(answer.promptTokens !== undefined && { promptTokens: answer.promptTokens }),
      ...(answer.answerTokens !== undefined && { answerTokens: answer.answerTokens }),
    };
  }

  return {
    name: answerer.name,
    waits: true,
    decisionSteps: "adaptive",
    async start(start: PolicyStart) {
      await answerer.open();
      chats = [];
      random = policyRandom(start);
      ({ goal } = start);
    },
    decide,
    close: () => answerer.close(),
  };
}
