/** @file Starts the page. */
import { render } from "preact";
import { App } from "./app.tsx";
import { Session } from "./state/session.ts";

const session = new Session(location.origin);
const host = document.getElementById("app");
if (host !== null) render(<App session={session} />, host);
