/** @file The editor: the list of scenarios, the pitch with what stands on it, and the form of all the rest. */
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../state/session.ts";
import { Bar } from "./bar.tsx";
import { Beginnings } from "./beginnings.tsx";
import { Board } from "./board.tsx";
import { Editor } from "./editor.ts";
import { Shelf } from "./shelf.tsx";
import { Problems } from "./problems.tsx";
import { Sheet } from "./sheet.tsx";
import { TrialBar } from "./trial.tsx";

/** It keeps its draft while something else is looked at. */
const editors = new WeakMap<Session, Editor>();

function editorOf(session: Session): Editor {
  const editor = editors.get(session) ?? new Editor(session);
  editors.set(session, editor);
  return editor;
}

export function EditorView({ session }: { session: Session }) {
  const editor = editorOf(session);
  const [over, setOver] = useState(false);
  const opened = editor.scenario.value !== undefined;
  useEffect(() => listen(editor), [editor]);
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer?.files[0];
    setOver(false);
    if (file === undefined) return;
    event.preventDefault();
    void editor.import(file);
  };
  return (
    <main
      class="editor"
      data-open={opened}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Shelf editor={editor} />
      {opened ? (
        <>
          <section class="workbench panel" aria-label="Pitch">
            <Bar editor={editor} />
            <Board editor={editor} />
            <TrialBar editor={editor} />
            <Problems editor={editor} />
          </section>
          <Sheet editor={editor} />
        </>
      ) : (
        <Beginnings editor={editor} />
      )}
    </main>
  );
}

/** Keys that count wherever the focus is. */
function listen(editor: Editor): () => void {
  const press = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || editor.scenario.peek() === undefined) return;
    const key = event.key.toLowerCase();
    if (key === "z") editor.do({ do: event.shiftKey ? "redo" : "undo" });
    else if (key === "y") editor.do({ do: "redo" });
    else if (key === "s") void editor.save();
    else return;
    event.preventDefault();
  };
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}
