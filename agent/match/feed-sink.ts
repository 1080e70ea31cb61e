/**
 * @file Episodes on a page that runs elsewhere: each goes to its server over HTTP while it is played, in the lines of a
 * recorded file. Play comes first: what the page has no time for is left out, whole episodes at a time, and when the
 * page is gone play goes on.
 */
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { performance } from "node:perf_hooks";
import type {
  DecisionRecord,
  EndRecord,
  EpisodeHeader,
  EpisodeRecord,
  EpisodeSink,
  ResetRecord,
  StepRecord,
} from "../../env/episode/index.ts";
import { writeLine } from "../../env/episode/index.ts";
import { printable } from "../../env/printable.ts";
import { feedAddress, feedHeaders } from "./feed-address.ts";

export interface FeedOptions {
  /** The page's address. */
  url: string;
  /** What plays, in one word of small letters: `play`, `bench`. */
  by: string;
  /** Somebody plays by words, so that there are decisions to read. */
  thinks?: boolean | undefined;
  /** Hears once, in a sentence, when the page cannot be reached or does not want the episodes; stderr without. */
  tell?: ((line: string) => void) | undefined;
}

/** So much may wait for a page that reads slowly; of more the episode is left out. */
const WAITING_BYTES_MAX = 8_000_000;
/** How long a page may take to say that an episode has arrived; the first time that it takes longer is the last. */
const ANSWER_MS = 10_000;
/** Pauses before the next episode is tried: while the page still shows earlier ones, and after it was lost. */
const BUSY_MS = 500;
const LOST_MS = 20_000;
const BUSY = 503;

/** One after the other. An episode that begins while the one before is still on its way is left out. */
export class FeedSink implements EpisodeSink {
  readonly #address: URL;
  readonly #token: Record<string, string>;
  readonly #tell: (line: string) => void;
  /** The episode that is on its way, until the page has answered. */
  #sent: ClientRequest | undefined;
  #answered: Promise<void> = Promise.resolve();
  #restUntil = 0;
  #told = false;

  /** Throws `feed/url` for what is not the address of a page. */
  constructor({ url, by, thinks = false, tell = console.error }: FeedOptions) {
    const query = new URLSearchParams({ by, ...(thinks && { thinks: "1" }) });
    this.#address = feedAddress(url, `/${crypto.randomUUID()}?${query.toString()}`);
    this.#token = feedHeaders(url);
    this.#tell = tell;
  }

  begin(header: EpisodeHeader, reset: ResetRecord): void {
    this.close();
    if (this.#sent !== undefined || performance.now() < this.#restUntil) return;
    // The page's server keeps the connection while it answers early, but no connection serves twice.
    const headers = { "content-type": "application/x-ndjson", connection: "keep-alive", ...this.#token };
    const sent = request(this.#address, { method: "POST", headers, agent: false });
    let answered = false;
    sent.on("response", (response) => {
      answered = true;
      void this.#hear(response)
        .catch(() => undefined)
        .finally(() => sent.destroy());
    });
    sent.on("error", (error) => {
      // Without an answer, and not because we have cut it ourselves.
      if (!answered && this.#sent === sent) this.#lose(error.message);
    });
    this.#answered = new Promise((resolve) => {
      sent.on("close", () => {
        if (this.#sent === sent) this.#sent = undefined;
        resolve();
      });
    });
    this.#sent = sent;
    this.#write(header);
    this.#write(reset);
  }

  decision(record: DecisionRecord): void {
    this.#write(record);
  }

  step(record: StepRecord): void {
    this.#write(record);
  }

  end(record: EndRecord): void {
    this.#write(record);
    this.#sent?.end();
  }

  /** Resolves when the episode that has ended has arrived or is lost: at the latest after ten seconds, and that once. */
  async arrived(): Promise<void> {
    const sent = this.#sent;
    if (sent?.writableEnded !== true) return;
    let silent = false;
    const late = setTimeout(() => {
      silent = true;
      sent.destroy(new Error("it does not answer"));
    }, ANSWER_MS);
    await this.#answered;
    clearTimeout(late);
    if (silent) this.#restUntil = Infinity;
  }

  /** Cuts an episode that has not ended. */
  close(): void {
    if (this.#sent?.writableEnded !== false) return;
    const sent = this.#sent;
    this.#sent = undefined;
    sent.destroy();
  }

  #write(record: EpisodeRecord): void {
    const sent = this.#sent;
    if (sent === undefined || sent.writableEnded || sent.destroyed) return;
    sent.write(writeLine(record));
    if (sent.writableLength > WAITING_BYTES_MAX) sent.destroy(new Error("it reads too slowly"));
  }

  async #hear(response: IncomingMessage): Promise<void> {
    const { statusCode = 0 } = response;
    if (statusCode === 200) return;
    this.#restUntil = performance.now() + (statusCode === BUSY ? BUSY_MS : LOST_MS);
    if (statusCode === BUSY) return;
    let text = "";
    for await (const piece of response.setEncoding("utf8")) text = (text + String(piece)).slice(0, 500);
    this.#say(`The page at ${this.#address.origin} did not take an episode: ${text.trim()}`);
  }

  #lose(why: string): void {
    this.#restUntil = performance.now() + LOST_MS;
    this.#say(`The page at ${this.#address.origin} is lost (${why}); play goes on without it.`);
  }

  #say(sentence: string): void {
    // What the page has answered may be anything.
    if (!this.#told) this.#tell(printable(`touchline: feed/lost: ${sentence}`));
    this.#told = true;
  }
}
