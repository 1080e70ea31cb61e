/** @file Text from elsewhere, such as a model's, that a terminal may show: what would command it is written out. */

/**
 * Control characters but for the end of a line and the tab, 7 bits and 8, and marks that turn the direction of writing.
 */
// oxlint-disable-next-line no-control-regex
const COMMANDING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** An escape sequence such as the one that clears the screen becomes the text `\u001b[2J`, which JSON reads as it was. */
export function printable(text: string): string {
  return text.replace(COMMANDING, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
