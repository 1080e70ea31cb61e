/** @file What has happened, newest first. A click moves the cursor there. */
import { useMemo, useState } from "preact/hooks";
import type { FootballEvent } from "../../../env/football/event.ts";
import type { Lineup } from "../../../env/frame/index.ts";
import { tell, weightOf } from "../../player/index.ts";
import type { Session } from "../state/session.ts";
import { Icon } from "./icon.tsx";
import { KitSign } from "./kit.tsx";
import { clockText } from "./text.ts";

/** More than this nobody reads, and a long list is slow. */
const LISTED_MAX = 250;

export function EventList({ session }: { session: Session }) {
  const [all, setAll] = useState(false);
  const shown = session.shown.value;
  const events = session.events.value;
  const lineup = shown?.card.lineup;
  const firstTick = shown?.firstTick;
  // The rows are made when there are more of them or their clocks are known; the cursor only says which is now.
  const rows = useMemo(
    () => (lineup === undefined ? [] : rowsOf(events, all, lineup, session)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- with earlier scenes come the clocks of earlier events
    [events, all, lineup, session, firstTick],
  );
  const tick = shown?.tick ?? 0;
  const current = rows.find(({ event }) => event.tick <= tick)?.i;
  return (
    <>
      <div class="choice" role="group" aria-label="Which events">
        <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
          Key moments
        </button>
        <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
          All
        </button>
      </div>
      {rows.length === 0 ? (
        <p class="faint none">Nothing to tell yet.</p>
      ) : (
        <ol>
          {rows.map(({ event, i, button }) => (
            <li key={i} data-weight={weightOf(event)} data-now={i === current} data-ahead={event.tick > tick}>
              {button}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** The newest of them, newest first. */
function rowsOf(events: readonly FootballEvent[], all: boolean, lineup: Lineup, session: Session) {
  return events
    .map((event, i) => ({ event, i }))
    .filter(({ event }) => all || weightOf(event) !== "flow")
    .slice(-LISTED_MAX)
    .reverse()
    .map(({ event, i }) => {
      const { icon, text } = tell(event, lineup);
      const button = (
        <button type="button" onClick={() => session.seekEvent(event)}>
          <time>{clockText(session.clockAt(event.tick))}</time>
          {event.kind === "half-time" || event.kind === "full-time" ? (
            <i />
          ) : (
            <KitSign team={event.team} size={12} />
          )}
          <Icon name={icon} size={16} />
          <span>{text}</span>
        </button>
      );
      return { event, i, button };
    });
}
