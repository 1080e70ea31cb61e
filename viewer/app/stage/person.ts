/** @file Where persons and the pitch meet: their marks go with their players, and a click on a player takes him over. */
import type { Session } from "../state/session.ts";
import type { Stage } from "./stage.ts";

/** Moves every mark in the section of the pitch to its player. */
export function placePersons(host: HTMLElement, stage: Stage): void {
  for (const mark of host.parentElement?.querySelectorAll<HTMLElement>("[data-player]") ?? []) {
    const spot = stage.spotOf(Number(mark.dataset["player"]));
    mark.hidden = spot === undefined;
    if (spot === undefined) continue;
    mark.style.translate = `${spot.x.toFixed(1)}px ${spot.y.toFixed(1)}px`;
    mark.style.setProperty("--ring", `${Math.round(spot.radius * 1.75)}px`);
  }
}

/** Listens to the pitch until the returned function is called. */
export function pickOn(host: HTMLElement, stage: Stage, session: Session): () => void {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  const playerAt = (event: MouseEvent): number | undefined => {
    const { left, top } = host.getBoundingClientRect();
    return stage.playerAt(event.clientX - left, event.clientY - top);
  };
  host.addEventListener(
    "click",
    (event) => {
      const player = playerAt(event);
      const recorded = session.shown.peek()?.card.recorded ?? true;
      if (player !== undefined && !recorded) void session.hands.take(player);
    },
    options,
  );
  host.addEventListener(
    "pointermove",
    (event) => {
      const shown = session.shown.peek();
      const player = playerAt(event);
      const free = player !== undefined && shown?.scene.figures[player]?.controlled === true;
      host.style.cursor = free && !shown.card.recorded ? "pointer" : "";
    },
    options,
  );
  return () => listening.abort();
}
