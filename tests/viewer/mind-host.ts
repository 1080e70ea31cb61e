/** @file Matches that a model behind a chat server plays, on a viewer's server. */
import type { EpisodeSink } from "../../env/episode/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { planMatches, type Programme, type RunningViewer } from "../../viewer/server/index.ts";
import { type Behaviour, sendTokens, startServer } from "../answerer/faulty-server.ts";
import type { Venue } from "./serve.ts";

export const CLOSE = "academy_empty_goal_close";
export const THREE = "academy_3_vs_1_with_keeper";

/** A chat server and a viewer on which its model plays. */
export async function host(
  venue: Venue,
  behave: Behaviour,
  scenarios: readonly string[] = [CLOSE],
  { page = false, sink, ...programme }: Partial<Programme> & { page?: boolean; sink?: EpisodeSink } = {},
): Promise<RunningViewer> {
  const chat = venue.keep(await startServer(behave));
  const policy = `openai:some/model@${chat.url.href}`;
  const matches = planMatches(
    scenarios.map((id) => loadScenario(id)),
    { policy, seed: 0, ...programme },
  );
  return venue.start([], { matches: matches.map((plan) => Object.assign(plan, { sink })), page });
}

/** A thought in pieces and then an action of two tokens, 0.5 and 0.8 likely. */
export function thinks(
  action: string,
  {
    pause = 0,
    thought = "I see the ball. ",
  }: { pause?: Parameters<typeof sendTokens>[2]; thought?: string } = {},
): Behaviour {
  const tokens = [
    ["<think>", 1],
    ...thought.split(/(?<= )/).map((word) => [word, 0.9] as const),
    ["</think><answer>", 1],
    [action.slice(0, 2), 0.5],
    [action.slice(2), 0.8],
    ["</answer>", 1],
  ] as const;
  return (response) => sendTokens(response, tokens, pause);
}
