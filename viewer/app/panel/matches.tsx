/** @file The running matches, each with a small live picture. A click switches to it. */
import { useEffect, useRef } from "preact/hooks";
import { effect, untracked, useComputed } from "@preact/signals";
import type { MatchCard } from "../../protocol/index.ts";
import type { Listed } from "../state/feed.ts";
import type { Session } from "../state/session.ts";
import { paintWhileSeen } from "../stage/painting.ts";
import { paintThumbnail, sizeThumbnail } from "../stage/thumbnail.ts";
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
  // Words that change once a second and not with every scene.
  const score = useComputed(() => scoreText(listed));
  const clock = useComputed(() => clockOrEnd(listed));
  return (
    <button type="button" class="match" aria-current={watched} title={titleOf(card)} onClick={onPick}>
      <span class="match-picture">
        <Thumbnail listed={listed} />
        <span class="match-score">
          <b>{score}</b> {clock}
        </span>
      </span>
      <span class="match-title">
        {card.fed !== undefined && <b class="match-fed">{card.fed}</b>}
        {card.parent !== undefined && <b class="match-fed">branch</b>}
        {card.title}
      </span>
    </button>
  );
}

/** How it stands. The last scene may be of before the goal that ended it. */
export function scoreText({ tile, scene, ended }: Listed): string {
  const [left, right] = ended.value?.score ?? (tile.value ?? scene.value)?.score ?? [0, 0];
  return `${left}–${right}`;
}

function clockOrEnd({ tile, scene, ended }: Listed): string {
  const { value: over } = ended;
  return over === undefined
    ? clockText((tile.value ?? scene.value)?.clockSeconds ?? 0)
    : RESULTS[over.reason];
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
  useEffect(() => {
    const { current } = canvas;
    if (current === null) return undefined;
    const seen = () => listed.tile.value ?? listed.scene.value;
    const picture = paintWhileSeen(
      current,
      (width, height) => sizeThumbnail(current, width, height),
      () => paintThumbnail(current, listed.card.lineup, untracked(seen)),
    );
    const stop = effect(() => {
      seen();
      picture.changed();
    });
    return () => {
      stop();
      picture.stop();
    };
  }, [listed]);
  return <canvas ref={canvas} class="thumbnail" aria-hidden="true" />;
}
