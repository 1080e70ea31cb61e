/** @file What can be done with the draft: undo, add and remove, save, copy, export. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Side } from "../../../env/football/index.ts";
import { type Formation, FORMATIONS } from "../../../scenarios/index.ts";
import { focusThing } from "./board.tsx";
import type { Action } from "./edit.ts";
import type { Editor } from "./editor.ts";
import type { Added } from "./roster.ts";
import { BALL, isMember, kindOf } from "./thing.ts";

export function Bar({ editor }: { editor: Editor }) {
  const scenario = editor.scenario.value!;
  return (
    <div class="bar">
      <div class="bar-head">
        <h2>
          {scenario.title}
          <span class="faint">
            {scenario.id}
            {editor.changed.value && " · not saved"}
          </span>
        </h2>
        <Files editor={editor} />
      </div>
      <Tools editor={editor} />
    </div>
  );
}

function Files({ editor }: { editor: Editor }) {
  const [naming, setNaming] = useState(false);
  const disabled = editor.busy.value || editor.problems.value.length > 0;
  if (naming) return <SaveAs editor={editor} onDone={() => setNaming(false)} />;
  const download = (): void => {
    const file = editor.exported();
    if (file === undefined) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.text], { type: "application/json" }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return (
    <div class="files" role="group" aria-label="File">
      <button
        type="button"
        class="primary"
        disabled={disabled}
        title="Ctrl S"
        onClick={() => void editor.save()}
      >
        Save
      </button>
      <button type="button" disabled={disabled} onClick={() => setNaming(true)}>
        Save as …
      </button>
      <button type="button" onClick={() => editor.duplicate()}>
        Duplicate
      </button>
      <button type="button" onClick={download}>
        Export
      </button>
      <label class="import">
        Import
        <input
          type="file"
          accept=".json,application/json"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) void editor.import(file);
            currentTarget.value = "";
          }}
        />
      </label>
      <button type="button" onClick={() => editor.go(null)}>
        Close
      </button>
    </div>
  );
}

function SaveAs({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const [id, setId] = useState(editor.scenario.peek()?.id ?? "");
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.select(), []);
  return (
    <form
      class="files"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void editor.save(id);
      }}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      <label>
        Id
        <input
          type="text"
          value={id}
          required
          maxLength={100}
          pattern="[A-Za-z0-9_\-]+"
          title="Letters, digits, _ and -"
          ref={first}
          onInput={({ currentTarget }) => setId(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        Save
      </button>
      <button type="button" onClick={onDone}>
        Cancel
      </button>
    </form>
  );
}

function Tools({ editor }: { editor: Editor }) {
  const { history, selection } = editor.state.value!;
  const { left, right } = history.present;
  const act = (action: Action): void => {
    editor.do(action);
    focusThing(editor.state.peek()?.selection[0]);
  };
  // Where most is played: before the right goal, the team's own players a little behind.
  const add = (kind: Added): void =>
    act({ do: "add", kind, at: kind === "left" ? [0.5, -0.1] : [0.7, -0.1] });
  const members = selection.some(isMember);
  const zone = selection.some((thing) => kindOf(thing) === "zone");
  return (
    <div class="tools" role="toolbar" aria-label="Tools">
      <Tool
        name="↶"
        title="Undo (Ctrl Z)"
        off={history.past.length === 0}
        act={() => editor.do({ do: "undo" })}
      />
      <Tool
        name="↷"
        title="Redo (Ctrl Shift Z)"
        off={history.future.length === 0}
        act={() => editor.do({ do: "redo" })}
      />
      <span class="gap" />
      <Tool name={`+ ${left.name}`} off={left.players.length >= 11} act={() => add("left")} />
      <Tool name={`+ ${right.name}`} off={right.players.length >= 11} act={() => add("right")} />
      <Tool name="+ Zone" act={() => add("zone")} />
      <Tool name="+ Obstacle" act={() => add("obstacle")} />
      <span class="gap" />
      <Tool
        name="Range"
        title="The chosen start anywhere in a rectangle, together"
        off={!members}
        act={() => act({ do: "vary" })}
      />
      <Tool
        name="Scatter"
        title="Choose players and a zone: each starts somewhere in it"
        off={!members || !zone}
        act={() => editor.do({ do: "scatter" })}
      />
      <Tool
        name="Delete"
        title="Delete"
        off={selection.every((thing) => thing === BALL)}
        act={() => editor.do({ do: "remove" })}
      />
      <span class="gap" />
      <Tool
        name="−"
        title="Further (-, two fingers, Ctrl and the wheel)"
        off={editor.lens.value.zoom === 1}
        act={() => editor.zoom(2 / 3)}
      />
      <Tool name="+" title="Nearer (+, two fingers, Ctrl and the wheel)" act={() => editor.zoom(1.5)} />
      <Formations editor={editor} names={[left.name, right.name]} />
    </div>
  );
}

function Tool({
  name,
  title,
  off = false,
  act,
}: {
  name: string;
  title?: string;
  off?: boolean;
  act: () => void;
}) {
  return (
    <button
      type="button"
      title={title}
      aria-label={/\w/.test(name) ? undefined : title}
      disabled={off}
      onClick={act}
    >
      {name}
    </button>
  );
}

/** A whole team at once. */
function Formations({ editor, names }: { editor: Editor; names: readonly [string, string] }) {
  return (
    <select
      aria-label="Formation"
      value=""
      onChange={({ currentTarget }) => {
        const [side, formation] = currentTarget.value.split(" ") as [Side, Formation];
        editor.do({ do: "formation", side, formation });
        currentTarget.value = "";
      }}
    >
      <option value="">Formation</option>
      {(["left", "right"] as const).map((side, i) => (
        <optgroup key={side} label={names[i]}>
          {FORMATIONS.map((formation) => (
            <option key={formation} value={`${side} ${formation}`}>
              {formation}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
