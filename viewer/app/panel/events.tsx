/** @file What has happened, newest first. A click moves the cursor there. */
import { useState } from "preact/hooks";
import { tell } from "../../player/index.ts";
import type { Session } from "../state/session.ts";
import { Icon } from "./icon.tsx";
import { KitSign } from "./kit.tsx";
import { clockText } from "./text.ts";

/** More than this nobody reads, and a long list is slow. */
const LISTED_MAX = 250;

export function EventList({ session }: { session: Session }) {
  const [all, setAll] = useState(false);
  const shown = session.shown.value;
  const lineup = shown?.card.lineup;
  const rows =
    lineup === undefined
      ? []
      : session.events.value
          .map((event, i) => ({ event, i, ...tell(event, lineup) }))
          .filter(({ weight }) => all || weight !== "flow")
          .slice(-LISTED_MAX)
          .reverse();
  const current = rows.find(({ event }) => event.tick <= (shown?.tick ?? 0))?.i;
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
          {rows.map(({ event, i, icon, weight, text }) => (
            <li
              key={i}
              data-weight={weight}
              data-now={i === current}
              data-ahead={event.tick > (shown?.tick ?? 0)}
            >
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
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
