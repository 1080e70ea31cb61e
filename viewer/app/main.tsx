/** @file Starts the page. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { addressOf, placeOf } from "./state/address.ts";
import { Session } from "./state/session.ts";

const session = new Session(location.origin, placeOf(new URL(location.href)));
const host = document.getElementById("app");
if (host !== null) render(<App session={session} />, host);

// A page that is loaded again, or whose address is passed on, shows the same.
effect(() => {
  const { place } = session;
  if (place === undefined) return;
  const now = new URL(location.href);
  const url = addressOf(place, now);
  if (url.href === now.href) return;
  // The way back leads from an episode to its run, and from one view to the other, but not through all that was seen in it.
  const before = placeOf(now);
  const episode = place.view === "matches" && place.episode !== null;
  if (place.view !== before.view || episode) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
});
addEventListener("popstate", () => session.go(placeOf(new URL(location.href))));
