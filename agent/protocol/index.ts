/** @file The protocol of play: prompts, memory, and how answers become actions. */
export { type ActionReading, actionList, actionOf, type Offered } from "./action.ts";
export { type Answer, ANSWER_FORMATS, type AnswerFormat, readAnswer } from "./answer.ts";
export { Conversation, DEFAULT_MEMORY, type Memory } from "./conversation.ts";
export { DEFAULT_STYLE, hasStyle, type PlayStyle, readStyle, STYLE_FILE, styleSchema } from "./style.ts";
export { fillIn, loadPrompt, type Prompt, PROMPT_NAMES } from "./prompt.ts";
