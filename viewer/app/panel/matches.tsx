/** @file The running matches, each with a small live picture. A click switches to it. */
import { useEffect, useRef } from "preact/hooks";
import { effect } from "@preact/signals";
import type { MatchCard } from "../../protocol/index.ts";
import type { Listed } from "../state/feed.ts";
import type { Session } from "../state/session.ts";
import { paintThumbnail } from "../stage/thumbnail.ts";
import { clockText } from "./text.ts";

export function Matches({ session }: { session: Session }) {
  const watched = session.feed.watched.value?.card.id;
  const matches = session.feed.inOrder.value;
  // With one there is nothing to switch to.
  if (matches.length < 2) return null;
  return (
    <nav class="matches" aria-label="Running matches">
      <ul>
        {matches.map((listed) => (
          <li key={listed.card.id}>
            <MatchButton
              listed={listed}
              watched={listed.card.id === watched}
              onPick={() => session.watch(listed.card.id)}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function MatchButton({ listed, watched, onPick }: { listed: Listed; watched: boolean; onPick: () => void }) {
  const { card } = listed;
  const scene = listed.tile.value ?? listed.scene.value;
  const ended = listed.ended.value;
  return (
    <button type="button" class="match" aria-current={watched} title={titleOf(card)} onClick={onPick}>
      <span class="match-picture">
        <Thumbnail listed={listed} />
        <span class="match-score">
          <b>
            {scene?.score[0] ?? 0}–{scene?.score[1] ?? 0}
          </b>{" "}
          {ended === undefined ? clockText(scene?.clockSeconds ?? 0) : RESULTS[ended.reason]}
        </span>
      </span>
      <span class="match-title">
        {card.fed !== undefined && <b class="match-fed">{card.fed}</b>}
        {card.title}
      </span>
    </button>
  );
}

/** What plays it elsewhere, and who plays. */
function titleOf({ fed, scenario, policies }: MatchCard): string | undefined {
  return fed === undefined ? undefined : `${fed} ${scenario}: ${policies[0]} against ${policies[1]}`;
}

const RESULTS = {
  goal: "goal",
  "out-of-play": "ball out",
  "possession-lost": "ball lost",
  possession: "ball kept",
  passes: "passes made",
  enters: "in the zone",
  leaves: "out of the zone",
  time: "time up",
  error: "stopped",
} as const;

export function Thumbnail({ listed }: { listed: Listed }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(
    () =>
      effect(() => {
        const scene = listed.tile.value ?? listed.scene.value;
        if (canvas.current !== null) paintThumbnail(canvas.current, listed.card.lineup, scene);
      }),
    [listed],
  );
  return <canvas ref={canvas} class="thumbnail" aria-hidden="true" />;
}
