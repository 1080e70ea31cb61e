/** @file How the match's last episodes ended: a row of marks, and how many the left team won. */
import type { Ended } from "../../protocol/index.ts";
import type { Session } from "../state/session.ts";

const SHOWN_MAX = 16;

export function Results({ session }: { session: Session }) {
  const watched = session.feed.watched.value;
  const results = watched?.results.value ?? [];
  if (watched === undefined || results.length === 0) return null;
  // The one episode of a recording ends as it ends.
  if (watched.card.recorded && watched.card.fed === undefined) return null;
  const won = results.filter(({ score }) => score[0] > score[1]).length;
  return (
    <>
      <dt>So far</dt>
      <dd class="results">
        <span class="outcomes" aria-hidden="true">
          {results.slice(-SHOWN_MAX).map((ended, i) => (
            <i
              key={i}
              data-result={resultOf(ended)}
              title={`${ended.score[0]}–${ended.score[1]}, ${ended.reason}`}
            />
          ))}
        </span>
        <span>
          won {won} of {results.length}
        </span>
      </dd>
    </>
  );
}

function resultOf({ score }: Ended): "won" | "lost" | "drawn" {
  return score[0] > score[1] ? "won" : score[0] < score[1] ? "lost" : "drawn";
}
