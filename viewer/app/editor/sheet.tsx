/** @file All that a scenario says, as a form: first what is chosen on the pitch, then the whole of it. */
import { FormField, FormGroup } from "./form.tsx";
import type { Editor } from "./editor.ts";
import { type Path, valueAt } from "./path.ts";
import { fieldOf, type Schema } from "./schema.ts";
import { isPlayer, kindOf, nameOf, pathOf, type Thing } from "./thing.ts";

/** What the form of the whole leaves out: it is the editor's own matter, or is said by the pitch. */
const LEFT_OUT = ["$schema", "version", "id", "formation"];

export function Sheet({ editor }: { editor: Editor }) {
  const scenario = editor.scenario.value!;
  return (
    <section class="sheet panel" aria-label="Settings">
      <Chosen editor={editor} />
      <h2>Scenario</h2>
      <FormGroup
        form={{ editor, leftOut: LEFT_OUT }}
        schema={editor.schema}
        paths={[[]]}
        values={[scenario]}
      />
    </section>
  );
}

/** Of several players all get what is set. */
function Chosen({ editor }: { editor: Editor }) {
  const { selection, history } = editor.state.value!;
  const scenario = history.present;
  const players = selection.filter(isPlayer);
  const [first] = selection;
  const things = players.length > 0 ? players : first === undefined ? [] : [first];
  const schema = first === undefined ? undefined : schemaAt(editor.schema, pathOf(things[0]!));
  return (
    <div class="chosen">
      <h2 aria-live="polite">{titleOf(editor, selection)}</h2>
      {schema === undefined ? (
        <p class="faint">
          Click or drag on the pitch; Shift adds, a frame takes several. Two fingers bring it nearer, or Ctrl
          and the wheel. By keys: Tab goes through all, arrows move, with Shift further, + and - bring it
          nearer, Delete removes.
        </p>
      ) : things[0] === "ball" ? (
        <FormField
          form={{ editor }}
          schema={schema}
          paths={[["ball"]]}
          values={[scenario.ball]}
          label="Position"
        />
      ) : (
        <FormGroup
          form={{ editor, prefix: "chosen", leftOut: players.length > 1 ? ["position"] : [] }}
          schema={schema}
          paths={things.map(pathOf)}
          values={things.map((thing) => valueAt(scenario, pathOf(thing)))}
        />
      )}
    </div>
  );
}

function titleOf(editor: Editor, selection: readonly Thing[]): string {
  const scenario = editor.scenario.value!;
  if (selection.length === 0) return "Nothing is chosen";
  if (selection.length === 1) return nameOf(scenario, selection[0]!);
  const kinds = new Set(selection.map((thing) => kindOf(thing)));
  return `${selection.length} chosen: ${[...kinds].join(", ")}`;
}

/** The schema of what stands at a path. */
function schemaAt(schema: Schema, path: Path): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const key of path) {
    if (at === undefined) return undefined;
    const field = fieldOf(at);
    if (field.kind === "group") at = field.properties[key];
    else at = field.kind === "list" ? field.items : undefined;
  }
  return at;
}
