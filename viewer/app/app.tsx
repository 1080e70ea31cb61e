/**
 * @file The page: the pitch with its controls, what the agent sees, what happened, and the other matches; or the training
 * runs.
 */
import { useEffect, useRef } from "preact/hooks";
import { commandOf } from "../player/index.ts";
import { Controls } from "./panel/controls.tsx";
import { EventList } from "./panel/events.tsx";
import { Header } from "./panel/header.tsx";
import { Help } from "./panel/help.tsx";
import { Matches } from "./panel/matches.tsx";
import { MindPanel } from "./panel/mind.tsx";
import { Pitch } from "./panel/pitch.tsx";
import { SeenFrame } from "./panel/seen.tsx";
import { Spoken } from "./panel/spoken.tsx";
import { RunsView } from "./run/view.tsx";
import type { Session } from "./state/session.ts";

export function App({ session }: { session: Session }) {
  const help = useRef<HTMLDialogElement>(null);
  const openHelp = () => (help.current?.open ? help.current.close() : help.current?.showModal());

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLSelectElement || (target instanceof HTMLButtonElement && event.key === " "))
        return;
      const command = commandOf(event);
      if (command === undefined || (command !== "help" && session.view.peek() !== "matches")) return;
      event.preventDefault();
      if (command === "help") openHelp();
      else session.run(command);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [session]);

  const thinks = session.feed.watched.value?.card.thinks === true;
  return (
    <>
      <Header session={session} onHelp={openHelp} />
      {session.view.value === "runs" ? (
        <RunsView session={session} />
      ) : (
        <main data-thinks={thinks}>
          <Pitch session={session} />
          <Controls session={session} />
          <Matches session={session} />
          {thinks ? <MindPanel session={session} /> : <SeenFrame session={session} />}
          <EventList session={session} />
        </main>
      )}
      <Spoken session={session} />
      <Help dialog={help} />
    </>
  );
}
