/** @file What has happened, newest first. A click moves the cursor there. */
import { useMemo, useState } from "preact/hooks";
import type { FootballEvent } from "../../../env/football/event.ts";
import type { Lineup } from "../../../env/frame/index.ts";
import { tell, weightOf } from "../../player/index.ts";
import type { Session } from "../state/session.ts";
import { Icon } from "./icon.tsx";
import { KitSign } from "./kit.tsx";
import { still } from "./still.ts";
import { clockText } from "./text.ts";

/** More than this nobody reads, and a long list is slow. */
const LISTED_MAX = 250;

export function EventList({ session }: { session: Session }) {
  const [all, setAll] = useState(false);
  const shown = session.shown.value;
  const events = session.events.value;
  const lineup = shown?.card.lineup;
  const firstTick = shown?.firstTick;
  const rows = useMemo(
    () => rowsOf(events, all, session),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- with earlier scenes come the clocks of earlier events
    [events, all, session, firstTick],
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
      {lineup === undefined || rows.length === 0 ? (
        <p class="faint none">Nothing to tell yet.</p>
      ) : (
        <ol>
          {rows.map(({ event, i, clock }) => (
            <li key={i} data-weight={weightOf(event)} data-now={i === current} data-ahead={event.tick > tick}>
              <Row session={session} event={event} lineup={lineup} clock={clock} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** The newest of them, newest first. */
function rowsOf(events: readonly FootballEvent[], all: boolean, session: Session) {
  return events
    .map((event, i) => ({ event, i }))
    .filter(({ event }) => all || weightOf(event) !== "flow")
    .slice(-LISTED_MAX)
    .reverse()
    .map(({ event, i }) => ({ event, i, clock: clockText(session.clockAt(event.tick)) }));
}

interface RowProps {
  session: Session;
  event: FootballEvent;
  lineup: Lineup;
  clock: string;
}

/** The cursor only says which row is now; what stands in it stays. */
const Row = still(({ session, event, lineup, clock }: RowProps) => {
  const { icon, text } = tell(event, lineup);
  const whole = event.kind === "half-time" || event.kind === "full-time";
  return (
    <button type="button" onClick={() => session.seekEvent(event)}>
      <time>{clock}</time>
      {whole ? <i /> : <KitSign team={event.team} size={12} />}
      <Icon name={icon} size={16} />
      <span>{text}</span>
    </button>
  );
});
