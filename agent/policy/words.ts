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
  DEFAULT_STYLE,
  loadPrompt,
  type Memory,
  type Offered,
  type PlayStyle,
  type Prompt,
  readAnswer,
} from "../protocol/index.ts";
import { policyRandom } from "./chance.ts";
import type { Decision, PolicyInput, PolicyStart, SeeingPolicy } from "./policy.ts";

export interface WordsOptions {
  /** How the model plays where nothing else is said; without it as any model would, in any set of actions. */
  style?: PlayStyle;
  /** A name or a file, see `loadPrompt`. */
  prompt?: string;
  memory?: Partial<Memory>;
  /** 0 takes the likeliest token; without it what the style says, else 1. */
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  /** Of a set of buttons the names that may be said; all of them without. */
  offered?: Offered;
}

export function wordsPolicy(answerer: Answerer, options: WordsOptions = {}): SeeingPolicy {
  const style = options.style ?? DEFAULT_STYLE;
  const { temperature = style.temperature ?? 1, topP = 1, maxTokens = style.maxTokens, offered } = options;
  const prompt: Prompt = loadPrompt(options.prompt ?? style.prompt);
  const memory = { ...style.memory, ...options.memory };
  const stop = prompt.answer === "think-answer" ? ["</answer>"] : [];
  let chats: Conversation[] = [];
  let random = makeRandom(0);
  let goal = "";

  async function decide(input: PolicyInput): Promise<Decision> {
    const { place, set, space } = input;
    // Drawn before anything is awaited, so that it does not depend on who answers first.
    const seed = nextUint32(random);
    const frame = input.frame();
    const actions = actionList(space, offered);
    const chat = (chats[place] ??= new Conversation(prompt, memory, { goal, actions }));
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
    const read = said.answer === undefined ? { reason: said.reason! } : actionOf(said.answer, set, offered);
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
    decisionSteps: style.decisionSteps,
    frame: style.frame,
    ...(options.style && { sets: [style.actions] }),
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
