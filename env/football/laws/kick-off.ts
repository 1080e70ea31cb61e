/** @file Law 8 at the start of a half: everybody is in place already, so play waits for
 * the kick at once. */
import type { Simulation } from "../simulate.ts";
import { beginRestart, lineUp, makeReady } from "./restart.ts";

export function beginKickOff({ match, world }: Simulation): void {
  beginRestart(match, "kick-off", match.kickOffTeam, 0, 0);
  if (match.half === 2) lineUp(match, match.restart!, world);
  makeReady(match, match.restart!, world);
}
