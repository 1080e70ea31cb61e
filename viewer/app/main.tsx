/** @file Starts the page. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { Session } from "./state/session.ts";

const session = new Session(location.origin, new URL(location.href).searchParams.get("match"));
const host = document.getElementById("app");
if (host !== null) render(<App session={session} />, host);

// A page that is loaded again, or whose address is passed on, shows the same match.
effect(() => {
  const watched = session.feed.watched.value;
  if (watched === undefined) return;
  const url = new URL(location.href);
  url.searchParams.set("match", watched.card.id);
  history.replaceState(null, "", url);
});
