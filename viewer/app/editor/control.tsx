/** @file The one control of a value: a choice, a switch, a number, a text, a few numbers, or data as JSON. */
import { useState } from "preact/hooks";
import { type FieldProps, idOf, set } from "./field.ts";
import { type Field, fieldOf, labelOf } from "./schema.ts";

/** Texts that are whole sentences. */
const LONG = new Set(["goal", "teaches"]);

type ControlProps = FieldProps & { field: Field };

export function Control(props: ControlProps) {
  const { form, paths, values, label, field } = props;
  const [path] = paths;
  const id = idOf(form, path!);
  const [value] = values;
  const mixed = values.some((one) => one !== value);
  const wrong = form.editor.isWrong(path!);
  const common = { id, "aria-invalid": wrong ? true : undefined };
  switch (field.kind) {
    case "switch":
      return (
        <label class="check">
          <input
            {...common}
            type="checkbox"
            checked={value === true}
            indeterminate={mixed}
            onChange={({ currentTarget }) => set(props, currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
      );
    case "tuple":
      return (
        <div role="group" aria-label={label}>
          <span class="name">{label}</span>
          <span class="numbers">
            {field.items.map((item, i) => (
              <NumberControl
                key={i}
                {...props}
                field={fieldOf(item)}
                id={i === 0 ? id : `${id}-${i}`}
                label={`${label}, ${labelOf(i)}`}
                paths={paths.map((one) => one.concat(i))}
                values={values.map((one) => (one as readonly unknown[] | undefined)?.[i])}
                bare
              />
            ))}
          </span>
        </div>
      );
    case "several":
      return (
        <div role="group" aria-label={label} class="several">
          <span class="name">{label}</span>
          {field.values.map((one) => (
            <Several key={one} {...props} one={one} />
          ))}
        </div>
      );
    case "choice":
      return (
        <label>
          <span>{label}</span>
          <Choice {...props} id={id} choices={field.values} mixed={mixed} />
        </label>
      );
    case "number":
      return <NumberControl {...props} id={id} />;
    case "text": {
      const words = form.editor.wordsFor(path!, field.pattern);
      return (
        <label>
          <span>{label}</span>
          {words.length > 0 ? (
            <Choice {...props} id={id} choices={words} mixed={mixed} />
          ) : LONG.has(String(path!.at(-1))) ? (
            <textarea
              {...common}
              rows={2}
              value={textOf(value)}
              onInput={({ currentTarget }) => set(props, currentTarget.value, "text")}
            />
          ) : (
            <input
              {...common}
              type="text"
              value={textOf(value)}
              onInput={({ currentTarget }) => set(props, currentTarget.value, "text")}
            />
          )}
        </label>
      );
    }
    default:
      return <DataControl {...props} id={id} />;
  }
}

function Choice(props: FieldProps & { id: string; choices: readonly string[]; mixed: boolean }) {
  const { id, values, choices, mixed } = props;
  const now = mixed ? "" : textOf(values[0]);
  return (
    <select id={id} value={now} onChange={({ currentTarget }) => set(props, currentTarget.value)}>
      {!choices.includes(now) && <option value={now}>{mixed ? "several" : now}</option>}
      {choices.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  );
}

function Several({ one, ...props }: FieldProps & { one: string }) {
  const list = (props.values[0] ?? []) as readonly string[];
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={list.includes(one)}
        onChange={({ currentTarget }) =>
          set(props, currentTarget.checked ? [...list, one] : list.filter((other) => other !== one))
        }
      />
      <span>{labelOf(one.replaceAll("-", " "))}</span>
    </label>
  );
}

/** While somebody writes, what he writes stands there, a number or not yet. */
function NumberControl(props: ControlProps & { id: string; bare?: boolean }) {
  const { form, id, values, label, field, paths, bare = false } = props;
  const [written, setWritten] = useState<string>();
  if (field.kind !== "number") return null;
  const [value] = values;
  const mixed = values.some((one) => one !== value);
  const { low, high, whole } = field;
  const fine = high !== undefined && low !== undefined && high - low < 3;
  const input = (
    <input
      id={id}
      type="number"
      inputMode="decimal"
      aria-label={bare ? label : undefined}
      aria-invalid={form.editor.isWrong(paths[0]!) ? true : undefined}
      min={low}
      max={high}
      step={whole ? 1 : fine ? 0.01 : 0.1}
      placeholder={mixed ? "several" : undefined}
      value={written ?? (mixed ? "" : textOf(value))}
      onInput={({ currentTarget }) => {
        setWritten(currentTarget.value);
        const number = currentTarget.valueAsNumber;
        if (Number.isFinite(number)) set(props, number, "number");
      }}
      onBlur={() => setWritten(undefined)}
    />
  );
  if (bare) return input;
  return (
    <label>
      <span>{label}</span>
      {input}
    </label>
  );
}

function DataControl(props: FieldProps & { id: string }) {
  const { id, label, values } = props;
  const [written, setWritten] = useState<string>();
  const text = written ?? JSON.stringify(values[0] ?? {}, null, 2);
  return (
    <label class="data">
      <span>{label} (JSON)</span>
      <textarea
        id={id}
        rows={5}
        spellcheck={false}
        aria-invalid={written !== undefined && !isData(written) ? true : undefined}
        value={text}
        onInput={({ currentTarget }) => {
          setWritten(currentTarget.value);
          if (isData(currentTarget.value)) set(props, JSON.parse(currentTarget.value), "data");
        }}
        onBlur={() => written !== undefined && isData(written) && setWritten(undefined)}
      />
    </label>
  );
}

/** Whether it is a JSON object. */
function isData(text: string): boolean {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null && !Array.isArray(data);
  } catch {
    return false;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? `${value}` : "";
}
