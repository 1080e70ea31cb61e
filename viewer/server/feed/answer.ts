/**
 * @file How an episode comes in: one POST under `/feed/ID`, whose body is the lines of a recorded file and goes on for as
 * long as the episode is played. GET `/feed` says whether one may feed, and with which physics it is played again.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { addLine } from "../../../env/episode/index.ts";
import type { Episode as Recording } from "../../../env/episode/index.ts";
import { TouchlineError } from "../../../env/error.ts";
import { PHYSICS_BUILD } from "../../../env/football/index.ts";
import type { Gate } from "../rights.ts";
import type { Feed, FeedDesk } from "./desk.ts";
import { linesOf } from "./lines.ts";

const FEED_PATH = "/feed";

/** Whoever has begun no episode by then does not hold a place any longer. */
const START_MS = 10_000;
/** How long the rest of a request is let come that has had its answer. */
const REST_MS = 5000;

const TYPE = "application/x-ndjson";

const NOT_FROM_HERE = "Only programs that run on the page's own machine may feed it, and no web page may.";
const NOT_WITH_TOKEN =
  "The page takes episodes only with the token for feeding, from programs and not from web pages: give --watch the whole address that it printed.";

export async function answerFeed(
  request: IncomingMessage,
  response: ServerResponse,
  desk: FeedDesk,
  gate: Gate,
): Promise<void> {
  const answer = (status: number, text: string): void => {
    response.writeHead(status, {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    response.end(`${text}\n`);
    if (request.complete) return;
    // Whoever still writes should read the answer before the connection goes.
    request.resume();
    const late = setTimeout(() => request.destroy(), REST_MS);
    request.once("close", () => clearTimeout(late));
  };
  if (!gate.rightsOf(request).has("feed")) {
    return answer(403, gate.open ? NOT_FROM_HERE : NOT_WITH_TOKEN);
  }
  if (request.method === "GET") return answer(200, JSON.stringify({ physics: PHYSICS_BUILD }));
  const feed = feedOf(request.url ?? "");
  if (request.method !== "POST" || feed === undefined) return answer(405, `Expected POST ${FEED_PATH}/ID.`);
  if (request.headers["content-type"] !== TYPE) return answer(415, `Expected ${TYPE}.`);
  if (!desk.reserve(feed)) return answer(503, "There is no room for another episode now.");
  const late = setTimeout(() => request.destroy(), START_MS);
  const episode: Recording = { steps: [], decisions: [] };
  let line = 0;
  try {
    for await (const bytes of linesOf(request)) {
      line++;
      const problem = addLine(episode, bytes);
      if (problem !== undefined) throw new TouchlineError("feed/line", `Line ${line}: ${problem.message}`);
      // The second line is the start.
      if (line !== 2) continue;
      clearTimeout(late);
      await desk.show(feed, episode);
    }
    if (episode.end === undefined) throw new TouchlineError("feed/cut", "The episode has no end.");
    answer(200, "Taken.");
  } catch (error) {
    if (error instanceof TouchlineError) answer(400, error.message);
    else request.destroy();
  } finally {
    clearTimeout(late);
    if (episode.end === undefined) {
      const message = "What played the episode stopped before its end.";
      episode.damage = { line: line + 1, byteOffset: 0, reason: "cut", message };
    }
    desk.release(feed);
  }
}

function feedOf(path: string): Feed | undefined {
  const { pathname, searchParams } = new URL(path, "http://page");
  const id = /^\/feed\/([\w-]{1,64})$/.exec(pathname)?.[1];
  const by = searchParams.get("by") ?? "";
  if (id === undefined || !/^[a-z]{1,16}$/.test(by)) return undefined;
  return { id, by, thinks: searchParams.get("thinks") === "1" };
}
