/**
 * @file Models behind an OpenAI-compatible server: vLLM, SGLang, llama.cpp, Ollama, `transformers serve`. Only the
 * part of `POST /chat/completions` that all of them share, with plain fetch.
 */
import { setTimeout as wait } from "node:timers/promises";
import { TouchlineError } from "../../env/error.ts";
import { encodePng } from "../frame/index.ts";
import type { ChatInput } from "../model/index.ts";
import type { Answerer, AnswerOptions, ModelAnswer } from "./answerer.ts";
import { CHUNK, type Chunk, Completion } from "./completion.ts";
import { eventData } from "./events.ts";
import { keyFromEnvironment, withoutKey } from "./secret.ts";

export interface ServerOptions {
  /** Of the whole answer, retries included. */
  timeoutSeconds?: number;
  /** After a refusal that may pass: no connection, 408, 429 and 5xx. */
  retries?: number;
  /** Before the first retry; doubles with each. A server's Retry-After counts more, up to the time that is left. */
  backOffSeconds?: number;
  key?: string | undefined;
}

/**
 * transformers serve (5.24) looks for the texts that end an answer in the tokenizer, but asks the processor of a vision
 * model for it. Asked without them it answers, and is left when it has written one.
 */
const CANNOT_STOP = /has no attribute 'get_vocab'/;

/** `url`: up to and with `/v1`, which is put behind an address without a path. */
export function serverAnswerer(model: string, url: URL, options: ServerOptions = {}): Answerer {
  const { timeoutSeconds = 120, retries = 3, backOffSeconds = 0.5, key = keyFromEnvironment() } = options;
  const base = url.pathname === "/" ? new URL("/v1", url) : url;
  // What may be secret in an address, a password or a query, is not shown; passwords are not even sent.
  const address = new URL(base);
  [address.username, address.password] = ["", ""];
  address.pathname = `${base.pathname.replace(/\/$/, "")}/chat/completions`;
  const shown = `${base.origin}${base.pathname}`;

  /** Whether the server can be told which texts end an answer. */
  let canStop = true;
  /** Nobody waits for what is asked after this. */
  let closing = new AbortController();

  async function answer(input: ChatInput, asked: AnswerOptions): Promise<ModelAnswer> {
    const request = await requestOf(model, input, asked);
    const limit = AbortSignal.timeout(timeoutSeconds * 1000);
    const unwanted = AbortSignal.any([closing.signal, ...(asked.signal ? [asked.signal] : [])]);
    const signal = AbortSignal.any([limit, unwanted]);
    for (let tried = 0; ; tried++) {
      const stops = canStop;
      const body = JSON.stringify(stops ? request : { ...request, stop: undefined });
      const attempt = await attemptOnce(body, signal, asked, stops).catch((error: unknown) => ({
        refusal: refusalOf(error),
      }));
      if (!("refusal" in attempt)) return attempt;
      const { refusal } = attempt;
      if (limit.aborted) throw failure("server/timeout", `did not answer within ${timeoutSeconds} s`);
      if (unwanted.aborted) throw failure("server/cancelled", "was not waited for any longer");
      if (stops && CANNOT_STOP.test(refusal.says)) {
        canStop = false;
        continue;
      }
      if (!refusal.passing || tried >= retries) throw failure(refusal.code, refusal.says);
      const seconds = refusal.retryAfterSeconds ?? backOffSeconds * 2 ** tried;
      await wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
    }
  }

  async function attemptOnce(
    body: string,
    signal: AbortSignal,
    asked: AnswerOptions,
    stops: boolean,
  ): Promise<ModelAnswer> {
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      body,
      signal,
    });
    if (!response.ok) throw await statusRefusal(response, key);
    const streams = response.headers.get("content-type")?.includes("text/event-stream");
    return streams && response.body
      ? readStream(response.body, asked, stops, key)
      : readWhole(await response.text(), asked, key);
  }

  function failure(code: string, says: string): TouchlineError {
    return new TouchlineError(code, withoutKey(`The server at ${shown} ${says}.`, key));
  }

  return {
    name: `openai:${model}@${shown}`,
    async open() {
      if (closing.signal.aborted) closing = new AbortController();
    },
    answer,
    async close() {
      closing.abort();
    },
  };
}

async function requestOf(model: string, { messages, images = [] }: ChatInput, asked: AnswerOptions) {
  const urls = await Promise.all(
    images.map(
      async (image) => `data:image/png;base64,${Buffer.from(await encodePng(image)).toString("base64")}`,
    ),
  );
  let next = 0;
  return {
    model,
    messages: messages.map(({ role, content }) => ({
      role,
      content:
        typeof content === "string"
          ? content
          : content.map((item) =>
              item.type === "text" ? item : { type: "image_url", image_url: { url: urls[next++] } },
            ),
    })),
    temperature: asked.temperature,
    // Said even where it is the usual value: vLLM takes a model's own generation_config.json otherwise.
    top_p: asked.topP,
    seed: asked.seed,
    max_tokens: asked.maxTokens,
    ...(asked.stop.length > 0 && { stop: asked.stop }),
    logprobs: true,
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** Why an attempt brought nothing, and whether another may. */
interface Refusal {
  code: string;
  /** The rest of a sentence that begins with the server. */
  says: string;
  passing: boolean;
  retryAfterSeconds?: number | undefined;
}

class RefusalError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.says);
    this.refusal = refusal;
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusalError) return error.refusal;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  return {
    code: "server/connection",
    says: `cannot be reached or cut the connection (${why})`,
    passing: true,
  };
}

async function statusRefusal(response: Response, key: string | undefined): Promise<RefusalError> {
  const { status } = response;
  const sent = await response.text().catch(() => "");
  // The key leaves before the text is cut, which could leave a part of it.
  const text = withoutKey(sent, key).replace(/\s+/g, " ").slice(0, 200);
  const after = Number(response.headers.get("retry-after") ?? Number.NaN);
  const hint = status === 401 || status === 403 ? "; set TOUCHLINE_API_KEY or OPENAI_API_KEY" : "";
  return new RefusalError({
    code: `server/${status}`,
    says: `answered ${status}${text && `: ${text}`}${hint}`,
    passing: status === 408 || status === 429 || status >= 500,
    retryAfterSeconds: Number.isFinite(after) ? after : undefined,
  });
}

/** `stops`: the server ends the answer itself, and then tells what it cost. */
async function readStream(
  body: ReadableStream<Uint8Array>,
  asked: AnswerOptions,
  stops: boolean,
  key: string | undefined,
): Promise<ModelAnswer> {
  const completion = new Completion(asked);
  let begun = false;
  let done = false;
  try {
    for await (const data of eventData(body)) {
      done ||= data === "[DONE]";
      if (data === "[DONE]") continue;
      completion.add(parseChunk(withoutKey(data, key)));
      begun = true;
      // Leaving the loop closes the connection, and the server stops writing.
      if (completion.stopped && !stops) break;
    }
  } catch (error) {
    if (error instanceof RefusalError || !begun) throw error;
  }
  if (done || completion.ended || completion.stopped) return completion.answer;
  // Text of it has been shown already, so it is not asked for again.
  throw new RefusalError({ code: "server/cut", says: "ended in the middle of its answer", passing: !begun });
}

function readWhole(text: string, asked: AnswerOptions, key: string | undefined): ModelAnswer {
  const completion = new Completion(asked);
  completion.add(parseChunk(withoutKey(text, key)));
  return completion.answer;
}

function parseChunk(data: string): Chunk {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw new RefusalError({
      code: "server/json",
      says: `sent no JSON: ${data.slice(0, 80)}`,
      passing: false,
    });
  }
  const chunk = CHUNK.safeParse(value);
  if (chunk.success && chunk.data.error === undefined) return chunk.data;
  const says = chunk.success
    ? `sent an error: ${JSON.stringify(chunk.data.error).slice(0, 200)}`
    : "sent JSON of another form than a chat completion";
  throw new RefusalError({ code: "server/json", says, passing: false });
}
