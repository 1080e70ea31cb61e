/** @file Who answers a chat: a model folder in this process, or a server. */
export type { Answerer, AnswerFinish, AnswerOptions, ModelAnswer, TokenProbability } from "./answerer.ts";
export { folderAnswerer } from "./folder.ts";
export { serverAnswerer, type ServerOptions } from "./openai.ts";
