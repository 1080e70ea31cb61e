/** @file Who plays, how it stands, how late it is, and what the game waits for. */
import type { Shown } from "../state/session.ts";
import { KitSign } from "./kit.tsx";
import { clockText } from "./text.ts";

export function Scoreboard({ shown }: { shown: Shown }) {
  const { card, scene } = shown;
  const [left, right] = card.lineup.teams;
  return (
    <div class="score" aria-label="Score">
      <span class="team">
        <KitSign team={0} />
        <span class="name">{left.name}</span>
      </span>
      <span class="goals">
        <b>{scene.score[0]}</b>
        <i>–</i>
        <b>{scene.score[1]}</b>
      </span>
      <span class="team away">
        <KitSign team={1} />
        <span class="name">{right.name}</span>
      </span>
      <time class="clock">{clockText(scene.clockSeconds)}</time>
    </div>
  );
}
