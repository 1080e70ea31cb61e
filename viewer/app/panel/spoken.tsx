/** @file The commentary for screen readers: goals and key moments as the cursor passes them, and what was asked for. */
import { lastEventAt, tell, weightOf } from "../../player/index.ts";
import type { Session } from "../state/session.ts";

export function Spoken({ session }: { session: Session }) {
  const shown = session.shown.value;
  let text = "";
  if (shown !== undefined && shown.pace !== "paused") {
    const { card, tick } = shown;
    const events = session.events.value;
    const told = events[lastEventAt(events, tick, (event) => weightOf(event) !== "flow")];
    // A foul and its card come at one tick, and both are said.
    text = events
      .filter((event) => event.tick === told?.tick && weightOf(event) !== "flow")
      .map((event) => tell(event, card.lineup).text)
      .join(" ");
  }
  return (
    <>
      <p class="hidden" aria-live="polite" id="commentary">
        {text}
      </p>
      <p class="hidden" role="status" id="where">
        {session.answer.value}
      </p>
    </>
  );
}
