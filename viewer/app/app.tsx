/**
 * @file The page: the pitch with its controls, what the agent sees, what happened, and the other matches; or the training
 * runs.
 */
import { useEffect, useRef } from "preact/hooks";
import { commandOf } from "../player/index.ts";
import { Controls } from "./panel/controls.tsx";
import { Header } from "./panel/header.tsx";
import { Help } from "./panel/help.tsx";
import { Matches } from "./panel/matches.tsx";
import { Lazy } from "./panel/lazy.tsx";
import { MindPanel } from "./panel/mind.tsx";
import { Pitch } from "./panel/pitch.tsx";
import { SeenFrame } from "./panel/seen.tsx";
import { Share } from "./panel/share.tsx";
import { Side } from "./panel/side.tsx";
import { Spoken } from "./panel/spoken.tsx";
import { ReportView } from "./report/index.ts";
import { RunsView } from "./run/view.tsx";
import type { Session } from "./state/session.ts";
import { WallView } from "./wall/index.ts";

/** It brings the schema of scenarios, which whoever watches does not need. */
const loadEditor = async () => (await import("./editor/index.ts")).EditorView;

const loadPuzzles = async () => (await import("./puzzle/index.ts")).PuzzleView;

export function App({ session }: { session: Session }) {
  const help = useRef<HTMLDialogElement>(null);
  const openHelp = () => (help.current?.open ? help.current.close() : help.current?.showModal());

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLSelectElement || takes(target, event.key)) return;
      const command = commandOf(event, session.looks.characters.peek());
      if (command === undefined || (command !== "help" && session.view.peek() !== "matches")) return;
      event.preventDefault();
      if (command === "help") openHelp();
      else if (command === "player") session.followNumber(Number(event.key));
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
      ) : session.view.value === "reports" ? (
        <ReportView session={session} />
      ) : session.view.value === "wall" ? (
        <WallView session={session} />
      ) : session.view.value === "sokoban" ? (
        <Lazy session={session} load={loadPuzzles} />
      ) : session.view.value === "edit" ? (
        <Lazy session={session} load={loadEditor} />
      ) : (
        <main data-thinks={thinks}>
          <Pitch session={session} />
          <Controls session={session} />
          <Matches session={session} />
          {thinks ? <MindPanel session={session} /> : <SeenFrame session={session} />}
          <Side session={session} />
        </main>
      )}
      <Spoken session={session} />
      <Share session={session} />
      <Help dialog={help} session={session} />
    </>
  );
}

/** Whether a key means something to what has the focus: it is pressed by it, or takes text. */
function takes(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLInputElement) return target.type === "text" || key === " ";
  return target instanceof HTMLButtonElement && key === " ";
}
