/** @file The matches that were played on from moments of others, as a tree with what they were played on from. */
import type { Listed } from "../state/feed.ts";
import type { Session } from "../state/session.ts";
import { familyOf, type Family } from "../state/family.ts";

export function Branches({ session }: { session: Session }) {
  const { matches, watched } = session.feed;
  const current = watched.value;
  const family = current && familyOf(matches.value, current);
  if (family === undefined || family.branches.length === 0) return null;
  return (
    <nav class="branches" aria-label="Branches of this match">
      <ul>
        <Member family={family} session={session} />
      </ul>
    </nav>
  );
}

function Member({ family: { match, branches }, session }: { family: Family; session: Session }) {
  return (
    <li>
      <button
        type="button"
        aria-current={match === session.feed.watched.value}
        onClick={() => session.watch(match.card.id)}
      >
        {match.card.parent === undefined ? match.card.title : `played on from ${secondsOf(match)} s`}
        <span class="faint"> {scoreOf(match)}</span>
      </button>
      {branches.length > 0 && (
        <ul>
          {branches.map((branch) => (
            <Member key={branch.match.card.id} family={branch} session={session} />
          ))}
        </ul>
      )}
    </li>
  );
}

function secondsOf({ card: { parent, ticksPerScene } }: Listed): string {
  return ((parent?.tick ?? 0) / ticksPerScene / 10).toFixed(1);
}

function scoreOf({ scene, tile }: Listed): string {
  const score = (tile.value ?? scene.value)?.score;
  return score === undefined ? "" : `${score[0]}–${score[1]}`;
}
