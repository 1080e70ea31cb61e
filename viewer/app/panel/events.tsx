/** @file What has happened, newest first. A click moves the cursor there. */
import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FootballEvent } from "../../../env/football/event.ts";
import type { Lineup } from "../../../env/frame/index.ts";
import { lastEventAt, LISTED_MAX, listedAround, tell, weightOf } from "../../player/index.ts";
import type { Session } from "../state/session.ts";
import { Icon } from "./icon.tsx";
import { KitSign } from "./kit.tsx";
import { still } from "./still.ts";
import { clockText } from "./text.ts";

export function EventList({ session }: { session: Session }) {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const shown = session.shown.value;
  const tick = shown?.tick ?? 0;
  const events = session.events.value;
  const told = useMemo(() => events.filter((event) => all || weightOf(event) !== "flow"), [events, all]);
  const current = lastEventAt(told, tick, () => true);
  const { from, to } = listedAround(current, told.length);
  useKeptInSight(list, current, shown?.pace === "following");
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
      {shown === undefined || told.length === 0 ? (
        <p class="faint none">Nothing to tell yet.</p>
      ) : (
        <ol ref={list}>
          {to < told.length && <li class="faint more">{told.length - to} later</li>}
          {/* Of rows that go others are made: after a jump all are of other events. */}
          {placesDown(from, to).map((place) => {
            const event = told[place]!;
            return (
              <li
                key={place % LISTED_MAX}
                data-weight={weightOf(event)}
                data-now={place === current}
                data-ahead={event.tick > tick}
              >
                <Row
                  session={session}
                  event={event}
                  lineup={shown.card.lineup}
                  timed={event.tick >= shown.firstTick}
                />
              </li>
            );
          })}
          {from > 0 && <li class="faint more">{from} earlier</li>}
        </ol>
      )}
    </>
  );
}

/** Newest first. */
function placesDown(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => to - 1 - i);
}

/** Rows above the current one, of what comes after it. */
const LATER_SHOWN = 2;

/** Scrolls the list to what is current, but not away from what somebody reads while the match goes on. */
function useKeptInSight(list: RefObject<HTMLOListElement | null>, current: number, following: boolean): void {
  const followed = useRef(following);
  useLayoutEffect(() => {
    const reads = following && followed.current;
    followed.current = following;
    const { current: all } = list;
    const row = all?.querySelector('[data-now="true"]');
    if (all === null || row == null || reads) return;
    const box = all.getBoundingClientRect();
    const { top, bottom } = row.getBoundingClientRect();
    if (top < box.top || bottom > box.bottom) all.scrollTop += top - box.top - LATER_SHOWN * (bottom - top);
  }, [list, current, following]);
}

interface RowProps {
  session: Session;
  event: FootballEvent;
  lineup: Lineup;
  /** Its scene is here, and with it the clock. */
  timed: boolean;
}

/** The cursor only says which row is now; what stands in it stays. */
const Row = still(({ session, event, lineup, timed }: RowProps) => {
  const { icon, text } = tell(event, lineup);
  const whole = event.kind === "half-time" || event.kind === "full-time";
  return (
    <button type="button" onClick={() => session.seekEvent(event)}>
      <time>{timed && clockText(session.clockAt(event.tick))}</time>
      {whole ? <i /> : <KitSign team={event.team} size={12} />}
      <Icon name={icon} size={16} />
      <span>{text}</span>
    </button>
  );
});
