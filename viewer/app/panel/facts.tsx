/** @file What a match is for, who plays it, and how it has gone so far. */
import type { ComponentChildren } from "preact";
import type { Session } from "../state/session.ts";
import { KitSign } from "./kit.tsx";
import { Results } from "./results.tsx";

/** The rows that are the match's own, and then the given ones. */
export function Facts({ session, children }: { session: Session; children?: ComponentChildren }) {
  const card = session.shown.value?.card ?? session.feed.watched.value?.card;
  return (
    <dl class="facts">
      <dt>Task</dt>
      <dd>{card?.goal}</dd>
      <dt>Played by</dt>
      <dd class="by">
        <span class="player">
          <KitSign team={0} size={14} /> <b>{card?.policies[0]}</b>
        </span>
        <span class="faint">against</span>
        <span class="player">
          <KitSign team={1} size={14} /> <b>{card?.policies[1]}</b>
        </span>
      </dd>
      <Results session={session} />
      {children}
    </dl>
  );
}
