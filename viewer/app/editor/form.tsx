/**
 * @file A form made from the JSON Schema of scenarios: what is there has a field, what may be there can be added. A field
 * may stand for several places, which then get the same.
 */
import { useEffect, useState } from "preact/hooks";
import { Control } from "./control.tsx";
import { type FieldProps, type Form, idOf, set } from "./field.ts";
import { type Path, startsWith } from "./path.ts";
import { blankOf, branchName, branchOf, type Field, fieldOf, labelOf } from "./schema.ts";

/** All keys of an object. */
export function FormGroup({ form, schema, paths, values }: Omit<FieldProps, "label">) {
  const field = fieldOf(schema);
  if (field.kind !== "group") return null;
  const entries = Object.entries(field.properties).filter(([key]) => form.leftOut?.includes(key) !== true);
  const valuesOf = (key: string) =>
    values.map((value) => (value as Record<string, unknown> | undefined)?.[key]);
  const shown = entries.filter(([key]) => valuesOf(key).some((value) => value !== undefined));
  const missing = entries.filter((entry) => !shown.includes(entry));
  const open = shown.filter(([, one]) => isShort(fieldOf(one)));
  return (
    <div class="group">
      {[...open, ...shown.filter((entry) => !open.includes(entry))].map(([key, one]) => (
        <FormField
          key={key}
          form={form}
          schema={one}
          paths={paths.map((path) => [...path, key])}
          values={valuesOf(key)}
          label={one.title ?? labelOf(key)}
          optional={!field.required.has(key) && !("default" in one) && key !== "players"}
        />
      ))}
      {missing.length > 0 && (
        <select
          class="add"
          aria-label="Add a setting"
          value=""
          onChange={({ currentTarget: { value: key } }) => {
            const one = field.properties[key];
            if (one === undefined) return;
            const value = blankOf(one, form.editor.words.peek());
            form.editor.do({ do: "put", paths: paths.map((path) => [...path, key]), value });
          }}
        >
          <option value="">+ Add …</option>
          {missing.map(([key, one]) => (
            <option key={key} value={key}>
              {one.title ?? labelOf(key)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Whether a field stands in a line of its own, with nothing to open. */
function isShort({ kind }: Field): boolean {
  return kind !== "group" && kind !== "list" && kind !== "table" && kind !== "data";
}

export function FormField(props: FieldProps) {
  const { schema, values, label } = props;
  const field = fieldOf(schema);
  switch (field.kind) {
    case "fixed":
      return null;
    case "group":
      return (
        <Section {...props}>
          <FormGroup {...props} />
        </Section>
      );
    case "list":
      return (
        <Section {...props} count={Array.isArray(values[0]) ? values[0].length : 0}>
          <List {...props} field={field} />
        </Section>
      );
    case "table":
      return (
        <Section {...props}>
          <Table {...props} field={field} />
        </Section>
      );
    case "one-of":
      return <OneOf {...props} field={field} />;
    default:
      return (
        <div class="field" data-kind={field.kind}>
          <Control {...props} field={field} />
          {props.optional && <Remove {...props} name={label} />}
        </div>
      );
  }
}

/** What is opened, by hand or because a problem leads there. */
function Section({
  form,
  paths,
  label,
  optional,
  count,
  children,
}: FieldProps & { count?: number; children: preact.ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const lead = form.prefix === undefined ? form.editor.lead.value : undefined;
  const [path] = paths;
  const leads = lead !== undefined && startsWith(lead.path, path!);
  useEffect(() => {
    if (!leads) return;
    setOpen(true);
    // Its own fields come with the next picture; the one that is sought, or the innermost that there is, gets the focus.
    requestAnimationFrame(() => form.editor.focusLead());
  }, [lead]);
  return (
    <div class="section">
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary id={idOf(form, path!)}>
          {label}
          {count !== undefined && <span class="faint count">{count}</span>}
        </summary>
        {open && children}
      </details>
      {optional && <Remove form={form} paths={paths} name={label} />}
    </div>
  );
}

function Remove({ form, paths, name }: { form: Form; paths: readonly Path[]; name: string }) {
  return (
    <button
      type="button"
      class="remove"
      aria-label={`Remove ${name}`}
      title={`Remove ${name}`}
      onClick={() => set({ form, paths }, undefined)}
    >
      ×
    </button>
  );
}

function List(props: FieldProps & { field: Extract<Field, { kind: "list" }> }) {
  const { form, paths, values, label, field } = props;
  const [list] = values;
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const singular = label.toLowerCase().replace(/s$/, "");
  return (
    <div class="group">
      {items.map((item, i) => (
        <FormField
          key={i}
          form={form}
          schema={field.items}
          paths={paths.map((path) => [...path, i])}
          values={[item]}
          label={itemName(item, i)}
          optional={items.length > field.least}
        />
      ))}
      {items.length < field.most && (
        <button
          type="button"
          class="add"
          onClick={() => set({ form, paths }, [...items, blankOf(field.items, form.editor.words.peek())])}
        >
          + Add {singular}
        </button>
      )}
    </div>
  );
}

/** By what it says itself, where that tells it apart. */
function itemName(item: unknown, place: number): string {
  const { name, role, when, title, policy, members, member } = (item ?? {}) as Record<string, unknown>;
  const said = [name, role, when, title, policy, member].find((one) => typeof one === "string");
  const text = said ?? (Array.isArray(members) ? members.join(", ") : "");
  return text === "" ? `${place + 1}` : `${place + 1} · ${text}`;
}

/** So much for each of some names. */
function Table(props: FieldProps & { field: Extract<Field, { kind: "table" }> }) {
  const { form, paths, values, field } = props;
  const table = (values[0] ?? {}) as Record<string, unknown>;
  const names = Object.keys(table);
  return (
    <div class="group">
      {names.map((name) => (
        <FormField
          key={name}
          form={form}
          schema={field.value}
          paths={paths.map((path) => [...path, name])}
          values={[table[name]]}
          label={labelOf(name)}
          optional
        />
      ))}
      <select
        class="add"
        aria-label="Add one"
        value=""
        onChange={({ currentTarget: { value: name } }) =>
          name !== "" && set({ form, paths }, { ...table, [name]: 1 })
        }
      >
        <option value="">+ Add …</option>
        {field.names
          .filter((name) => !names.includes(name))
          .map((name) => (
            <option key={name} value={name}>
              {labelOf(name)}
            </option>
          ))}
      </select>
    </div>
  );
}

/** One of several kinds: which, and then its own fields. */
function OneOf(props: FieldProps & { field: Extract<Field, { kind: "one-of" }> }) {
  const { form, paths, values, label, optional, field } = props;
  const branch = branchOf(field.schemas, values[0]);
  const schema = field.schemas[branch]!;
  const inner = fieldOf(schema);
  return (
    <div class="one-of">
      <div class="field" data-kind="choice">
        <label>
          <span>{label}</span>
          <select
            id={idOf(form, paths[0]!)}
            value={branch}
            onChange={({ currentTarget }) =>
              set(props, blankOf(field.schemas[Number(currentTarget.value)]!, form.editor.words.peek()))
            }
          >
            {field.schemas.map((one, i) => (
              <option key={i} value={i}>
                {branchName(one)}
              </option>
            ))}
          </select>
        </label>
        {optional && <Remove form={form} paths={paths} name={label} />}
      </div>
      {inner.kind === "group" ? (
        <FormGroup form={form} schema={schema} paths={paths} values={values} />
      ) : (
        <FormField form={form} schema={schema} paths={paths} values={values} label={branchName(schema)} />
      )}
    </div>
  );
}
