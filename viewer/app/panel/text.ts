/** @file Times and numbers as the page writes them. */

/** Minutes and seconds of the match: 63:07. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

export function speedText(speed: number): string {
  return `${speed}×`;
}

/** A policy without its folder or server: of openai:MODEL@URL the model, of dir:PATH the last folder. */
export function briefPolicy(policy: string): string {
  const [, model] = /^openai:(.+)@[a-z]+:\/\/[^@]*$/.exec(policy) ?? [];
  const [, folder] = /^dir:(?:.*\/)?([^/]+)\/*$/.exec(policy) ?? [];
  return model ?? folder ?? policy;
}

/** 1 step, 3 steps. */
export function countText(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

export function millisecondsText(milliseconds: number): string {
  return milliseconds < 10_000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** With its sign, and no more digits than it needs. */
export function signedText(value: number): string {
  const text = String(Number(Math.abs(value).toFixed(3)));
  return text === "0" ? "0" : `${value < 0 ? "−" : "+"}${text}`;
}

/** Three or four digits that count: 12,300, 0.734, 0.00002. */
export function valueText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en").replace("-", "−");
  if (size !== 0 && size < 0.001) return value.toExponential(1).replaceAll("-", "−");
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

/** How long ago: 12 s, 3 min, 2 h, 5 days. */
export function agoText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

const ROLES: Readonly<Record<string, string>> = {
  GK: "keeper",
  CB: "centre back",
  LB: "left back",
  RB: "right back",
  DM: "defensive midfield",
  CM: "centre midfield",
  LM: "left midfield",
  RM: "right midfield",
  AM: "attacking midfield",
  CF: "forward",
};

/** A role of GRF in words. */
export function roleText(role: string): string {
  return ROLES[role] ?? role;
}
