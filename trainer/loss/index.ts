/** @file Losses as functions that build graphs. */
export { crossEntropy } from "./cross-entropy.ts";
export { type TokenValues, tokenValues } from "./tokens.ts";
