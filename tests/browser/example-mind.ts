/** @file A mind for the pictures of the docs: no model, but a server of chats whose words are made up; play follows them. */
import { type FaultyServer, sendTokens, startServer } from "../answerer/faulty-server.ts";

/** Thought and action of each decision of an episode, the latter in tokens with their probabilities. */
const SAID = [
  [
    "I have the ball in front of the penalty area. There is room before me, so I carry it on. ",
    [["right", 0.93]],
  ],
  [
    "The defender stands between me and the goal, and comes for the ball. My teammate at the bottom has nobody " +
      "near him. I pass before the way to him is closed. ",
    [
      ["short", 0.71],
      ["_pass", 0.98],
    ],
  ],
  ["The ball is on its way to my teammate, who is free. I wait. ", [["idle", 0.64]]],
] as const;

/** The earlier answers in a chat tell which decision it is. `times`: how often each thought is said, for a long one. */
export function startExampleMind(times = 1): Promise<FaultyServer> {
  return startServer((response, _times, { body }) => {
    const earlier = body["messages"] as readonly { role: string }[];
    const answers = earlier.filter(({ role }) => role === "assistant").length;
    const [thought, action] = SAID[Math.min(answers, SAID.length - 1)]!;
    const words = thought
      .repeat(times)
      .split(/(?<= )/)
      .map((word) => [word, 0.9] as const);
    const tokens = [["<think>", 1], ...words, ["</think><answer>", 1], ...action, ["</answer>", 1]] as const;
    return sendTokens(response, tokens, times === 1 ? 60 : 2);
  });
}
