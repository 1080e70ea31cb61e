/**
 * @file Pieces of the report's page. The functions in this folder are written into the page as text, so they know nothing
 * but each other: whatever stands in another file of the folder is declared, and not imported.
 */
import type { Score } from "../../benchmark/index.ts";

type Child = Node | string | number | null | undefined | false;

/** An element. Texts stay texts, whatever they hold: most of them were written by a model. */
export function make(tag: string, attributes: Record<string, string>, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
  return element;
}

export function points(share: number, digits = 1): string {
  return (100 * share).toFixed(digits);
}

/** Of a score that is no share, such as a goal difference. */
export function plain(value: number): string {
  return value.toFixed(2);
}

export function signed(value: number, write: (value: number) => string = points): string {
  const text = write(value);
  return text.startsWith("-") ? text.replace("-", "\u2212") : `+${text}`;
}

export function interval({ low, high }: Score, write: (share: number) => string = points): string {
  return low === null || high === null ? "" : `${write(low)} to ${write(high)}`;
}

/** The interval on a scale from 0 to 1 with the mean in it; of differences, the zero is in the middle. */
export function whisker({ mean, low, high }: Score, isDifference: boolean): HTMLElement {
  const place = (value: number): number => {
    const share = isDifference ? (value + 1) / 2 : value;
    return 100 * Math.min(1, Math.max(0, share));
  };
  const [from, to] = [place(low ?? mean), place(high ?? mean)];
  return make(
    "span",
    { class: isDifference ? "whisker zero" : "whisker", "aria-hidden": "true" },
    make("i", { style: `left:${from}%;width:${Math.max(0.5, to - from)}%` }),
    make("b", { style: `left:${place(mean)}%` }),
  );
}

export function outcomeName(outcome: string): string {
  return outcome.replaceAll("_", " ");
}

/** An outcome's colour goes with its name, never alone. */
export function chip(outcome: string, text: string = outcomeName(outcome)): HTMLElement {
  return make("span", { class: "chip", "data-outcome": outcome }, text);
}

/** What is looked at, as the address has it behind the #. */
export interface State {
  suite?: string;
  /** Mark of a run that the outcome is of; any without it. */
  run?: string;
  outcome?: string;
  /** CATEGORY/VALUE. */
  row?: string;
  /** `better` or `worse`, and the place of the comparison. */
  flip?: string;
  words?: string;
  /** The sample that is open. */
  sample?: string;
}

export function readState(): State {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

/** The address of a state. */
export function linkTo(state: State): string {
  const set = Object.entries(state).filter(([, value]) => value !== undefined && value !== "");
  return `#${new URLSearchParams(set)}`;
}

/** What is written into the page. */
export const DOM = [
  make,
  points,
  plain,
  signed,
  interval,
  whisker,
  outcomeName,
  chip,
  readState,
  linkTo,
] as const;
