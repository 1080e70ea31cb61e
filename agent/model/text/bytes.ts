/** @file Byte-level tokens back to text, all at once or as they come. */

/** Text that grows by tokens. */
export interface TextStream {
  /** The text that is final with this token: no character comes before all of its bytes. */
  push(id: number): string;
  /** What was held back, as U+FFFD, since its bytes never became a character. */
  end(): string;
}

/** The bytes of each token, by id; nothing where there is no such token or where it is left out. */
export type TokenBytes = (id: number) => Uint8Array | undefined;

/** The whole text of the tokens, as the streams of `streamText` add up to. */
export function decodeBytes(ids: readonly number[], bytesOf: TokenBytes): string {
  const stream = streamText(bytesOf);
  return ids.map((id) => stream.push(id)).join("") + stream.end();
}

export function streamText(bytesOf: TokenBytes): TextStream {
  // A byte order mark is a character like others to the reference.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return {
    push: (id) => decoder.decode(bytesOf(id) ?? new Uint8Array(), { stream: true }),
    end: () => decoder.decode(),
  };
}

/**
 * The character that stands for each byte in a byte-level vocabulary: the byte's own where Latin-1 prints it, else the
 * next free one from U+0100 on (GPT-2, encoder.py).
 */
export const byteCharacters: readonly string[] = (() => {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const printed = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCharCode(printed ? byte : next++);
  });
})();

const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = new Map(
  byteCharacters.map((character, byte) => [character, byte]),
);

/** The bytes that a token of the vocabulary stands for; its own UTF-8 when it is not in the byte-level alphabet. */
export function bytesOfToken(token: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of token) {
    const byte = BYTE_OF_CHARACTER.get(character);
    if (byte === undefined) return new TextEncoder().encode(token);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
