/** @file Numbers of any width in a row of bytes, highest bit first. What makes a scene small on the wire. */

/** Where the next bits go, or come from. `position` counts bits. */
export interface Bits {
  bytes: Uint8Array;
  position: number;
}

/** Appends the low `width` bits (1 to 31) of a non-negative integer; the bytes there must still be zero. */
export function writeBits(bits: Bits, value: number, width: number): void {
  const { bytes } = bits;
  let left = width;
  while (left > 0) {
    const room = 8 - (bits.position & 7);
    const take = room < left ? room : left;
    const part = (value >>> (left - take)) & ((1 << take) - 1);
    bytes[bits.position >> 3]! |= part << (room - take);
    bits.position += take;
    left -= take;
  }
}

/** Reads `width` bits (1 to 31). Past the end it throws, so that a cut message is never taken for a whole one. */
export function readBits(bits: Bits, width: number): number {
  const { bytes } = bits;
  if (bits.position + width > bytes.length * 8)
    throw new RangeError("the message ends in the middle of a value");
  let value = 0;
  let left = width;
  while (left > 0) {
    const room = 8 - (bits.position & 7);
    const take = room < left ? room : left;
    const part = (bytes[bits.position >> 3]! >> (room - take)) & ((1 << take) - 1);
    value = (value << take) | part;
    bits.position += take;
    left -= take;
  }
  return value;
}
