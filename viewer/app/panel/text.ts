/** @file Times and numbers as the page writes them. */

/** Minutes and seconds of the match: 63:07. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

export function speedText(speed: number): string {
  return `${speed}×`;
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
