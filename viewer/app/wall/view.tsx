/** @file All matches as small pictures, those that are worth a look first. A click opens one. */
import { useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { scoreText, Thumbnail } from "../panel/matches.tsx";
import { briefPolicy, clockText } from "../panel/text.ts";
import type { Listed } from "../state/feed.ts";
import type { Session } from "../state/session.ts";
import { orderOf, reasonOf } from "./order.ts";

/** So often they are sorted anew. */
const SORT_MS = 2000;

export function WallView({ session }: { session: Session }) {
  const matches = session.feed.matches.value.filter(({ card }) => card.run === undefined);
  const order = useOrder(session);
  const sorted = matches.toSorted((a, b) => placeIn(order, a) - placeIn(order, b));
  if (matches.length === 0) return <p class="faint nothing">No match is on.</p>;
  return (
    <main class="wall" aria-label="All matches">
      <h2>
        {matches.length} matches <span class="faint">the liveliest first</span>
      </h2>
      <ul>
        {sorted.map((listed) => (
          <li key={listed.card.id}>
            <WallTile
              listed={listed}
              onPick={() => session.go({ view: "matches", match: listed.card.id, episode: null })}
            />
          </li>
        ))}
      </ul>
    </main>
  );
}

function WallTile({ listed, onPick }: { listed: Listed; onPick: () => void }) {
  const { card } = listed;
  // Words that change once a second and not with every tile.
  const reason = useComputed(() => reasonOf(listed.tile.value)).value;
  const score = useComputed(() => scoreText(listed));
  const clock = useComputed(() => clockText(listed.tile.value?.clockSeconds ?? 0));
  return (
    <button
      type="button"
      class="wall-tile"
      data-reason={reason}
      title={`${card.title}: ${card.policies.map(briefPolicy).join(" against ")}`}
      onClick={onPick}
    >
      <Thumbnail listed={listed} />
      <span class="wall-title">{card.title}</span>
      <span class="wall-facts">
        <b>{score}</b> {clock}
      </span>
      {reason !== undefined && <span class="wall-reason">{reason}</span>}
    </button>
  );
}

function placeIn(order: readonly string[], { card }: Listed): number {
  const at = order.indexOf(card.id);
  return at < 0 ? order.length : at;
}

function useOrder(session: Session): readonly string[] {
  const [order, setOrder] = useState<readonly string[]>([]);
  useEffect(() => {
    const sort = () => {
      const worths = session.feed.matches
        .peek()
        .map(({ card, tile }) => ({ id: card.id, tile: tile.peek() }));
      setOrder((before) => orderOf(worths, before));
    };
    const timer = setInterval(sort, SORT_MS);
    return () => clearInterval(timer);
  }, [session]);
  return order;
}
