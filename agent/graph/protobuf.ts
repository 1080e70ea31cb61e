/**
 * @file Messages in protobuf's wire format, by tables of their fields. Only what ONNX models and TensorBoard's events
 * need: no packed fields, no reading.
 */
type Scalar = "int" | "float" | "double" | "string" | "bytes";
/** The kind is a scalar's, or the name of a message in the same table. */
type Field = readonly [number: number, kind: string];

/** The fields of messages, by the messages' names. */
export type Messages = Readonly<Record<string, Readonly<Record<string, Field>>>>;

/** Lists are repeated fields; undefined is left out. */
export type Message = Readonly<Record<string, unknown>>;

/** The bytes of a message of the table. */
export function encodeMessage(messages: Messages, kind: string, message: Message): Uint8Array {
  const writer = new Writer();
  write(writer, messages, kind, message);
  return writer.bytes();
}

function write(writer: Writer, messages: Messages, kind: string, message: Message): void {
  for (const [name, field] of Object.entries(messages[kind]!)) {
    const value = message[name];
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) writeField(writer, messages, field, one);
  }
}

function writeField(writer: Writer, messages: Messages, [number, kind]: Field, value: unknown): void {
  switch (kind as Scalar) {
    case "int":
      writer.varint(number * 8);
      writer.varint(value as number);
      break;
    case "float":
      writer.varint(number * 8 + 5);
      writer.push(new Uint8Array(Float32Array.of(value as number).buffer));
      break;
    case "double":
      writer.varint(number * 8 + 1);
      writer.push(new Uint8Array(Float64Array.of(value as number).buffer));
      break;
    case "string":
    case "bytes":
      writer.lengthPrefixed(
        number,
        kind === "string" ? encoder.encode(value as string) : (value as Uint8Array),
      );
      break;
    default: {
      const inner = new Writer();
      write(inner, messages, kind, value as Message);
      writer.varint(number * 8 + 2);
      writer.varint(inner.length);
      writer.append(inner);
    }
  }
}

const encoder = new TextEncoder();

/** Protobuf's wire format, in pieces that are joined at the end. */
class Writer {
  length = 0;
  readonly #pieces: Uint8Array[] = [];

  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  append(other: Writer): void {
    for (const piece of other.#pieces) this.#pieces.push(piece);
    this.length += other.length;
  }

  /** Negative numbers are 64-bit two's complement. */
  varint(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    const bytes: number[] = [];
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
    this.push(Uint8Array.from(bytes));
  }

  lengthPrefixed(field: number, bytes: Uint8Array): void {
    this.varint(field * 8 + 2);
    this.varint(bytes.length);
    this.push(bytes);
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}
