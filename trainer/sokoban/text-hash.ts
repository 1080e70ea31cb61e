/** @file A hash of a text, by which what is made without end is parted into what is trained on and what is judged. */

/** FNV-1a over the text's units, 32 bits. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
