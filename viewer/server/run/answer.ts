/**
 * @file What is read of runs over HTTP: `GET /runs/point?run=&step=` lists the episodes and the questions of a step, and
 * `GET /runs/episode?run=&step=&file=` is the file of one.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { PointDetail } from "../../protocol/index.ts";
import { asEpisode, asPoint } from "../request.ts";
import type { RunDesk } from "./desk.ts";
import { episodeFile, readPoint } from "./point.ts";

const HEADERS = { "x-content-type-options": "nosniff", "cache-control": "no-store" };

/** Answers requests under `/runs/` from what this desk knows. */
export function runAnswerer(desk: RunDesk): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => void answer(request, response, desk).catch(() => response.destroy());
}

async function answer(request: IncomingMessage, response: ServerResponse, desk: RunDesk): Promise<void> {
  const refuse = (status: number, message: string): void => {
    response.writeHead(status, { ...HEADERS, "content-type": "text/plain; charset=utf-8" });
    response.end(`${message}\n`);
  };
  if (request.method !== "GET") return refuse(405, "Only GET is answered.");
  const { pathname, searchParams } = new URL(request.url ?? "", "http://page");
  const asked = {
    run: searchParams.get("run"),
    step: Number(searchParams.get("step") ?? Number.NaN),
    file: searchParams.get("file"),
  };
  const episode = pathname === "/runs/episode" ? asEpisode(asked) : undefined;
  const point = pathname === "/runs/point" ? asPoint({ run: asked.run, step: asked.step }) : undefined;
  const wanted = episode ?? point;
  if (wanted === undefined) {
    return refuse(400, "Expected /runs/point?run=NAME&step=N or /runs/episode?run=NAME&step=N&file=NAME.");
  }
  const folder = await desk.folderOf(wanted.run);
  if (folder === undefined) return refuse(404, "There is no such run.");
  const where = { root: desk.root, run: folder };
  if (episode !== undefined) {
    const path = await episodeFile(where, episode.step, episode.file);
    if (path === undefined) return refuse(404, "There is no such episode.");
    const { size } = await stat(path);
    response.writeHead(200, {
      ...HEADERS,
      "content-type": "application/x-ndjson",
      "content-length": size,
      "content-disposition": "attachment",
    });
    // It may still grow: what is there by now was promised.
    return pipeline(createReadStream(path, { end: Math.max(0, size - 1) }), response).catch(() => undefined);
  }
  const detail: PointDetail = { run: wanted.run, ...(await readPoint(where, wanted.step)) };
  response.writeHead(200, { ...HEADERS, "content-type": "application/json" });
  response.end(`${JSON.stringify(detail)}\n`);
}
