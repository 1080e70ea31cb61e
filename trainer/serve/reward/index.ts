/** @file The reward server: what finished responses are worth, by rule. */
export { rewardRoutes } from "./routes.ts";
export { rewardText } from "./score.ts";
