/** @file Times and numbers as the page writes them. */

/** Minutes and seconds of the match: 63:07. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

export function speedText(speed: number): string {
  return `${speed}×`;
}
