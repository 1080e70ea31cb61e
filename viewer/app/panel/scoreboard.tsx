/** @file Who plays, how it stands, how late it is, and what the game waits for. */
import { squadOf } from "../../player/index.ts";
import type { Shown } from "../state/session.ts";
import { Icon } from "./icon.tsx";
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
        <Reds shown={shown} team={0} />
      </span>
      <span class="goals">
        <b>{scene.score[0]}</b>
        <i>–</i>
        <b>{scene.score[1]}</b>
      </span>
      <span class="team away">
        <KitSign team={1} />
        <span class="name">{right.name}</span>
        <Reds shown={shown} team={1} />
      </span>
      <span class="clock">
        {card.halves === 2 && <span class="half">{scene.half === 1 ? "1st" : "2nd"}</span>}
        {scene.step > card.steps && <span class="half">added</span>}
        <time>{clockText(scene.clockSeconds)}</time>
      </span>
    </div>
  );
}

/** A team that is no longer complete: its red cards, and how many are left. */
function Reds({ shown, team }: { shown: Shown; team: 0 | 1 }) {
  const { players, sentOff } = squadOf(shown.scene, shown.card.lineup, team);
  if (sentOff === 0) return null;
  const cards = sentOff === 1 ? "1 red card" : `${sentOff} red cards`;
  return (
    <span class="reds" role="img" aria-label={`${cards}, ${players} players left`}>
      {Array.from({ length: Math.min(3, sentOff) }, (_, i) => (
        <Icon key={i} name="red-card" size={15} />
      ))}
      {players}
    </span>
  );
}
