/**
 * @file What is read of benchmarks over HTTP: `GET /reports/list`, and `GET /reports/page?id=`, the report of one. A report
 * holds what models have said; it runs with no rights to the page that shows it.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { ReportList } from "../../protocol/index.ts";
import { readInside } from "../run/index.ts";
import { findReports, REPORT_FILE } from "./find.ts";

const HEADERS = { "x-content-type-options": "nosniff", "cache-control": "no-store" };
/** A sandbox without an origin: its scripts reach neither the page nor the server. */
const POLICY = [
  "sandbox allow-scripts allow-popups",
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "frame-ancestors 'self'",
].join("; ");
const REPORT_BYTES_MAX = 256 * 1024 * 1024;

/** Answers requests under `/reports/` from the folder of runs. */
export function reportAnswerer(root: string): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => void answer(request, response, root).catch(() => response.destroy());
}

async function answer(request: IncomingMessage, response: ServerResponse, root: string): Promise<void> {
  const send = (status: number, type: string, body: string | Buffer, headers: object = {}): void => {
    response.writeHead(status, { ...HEADERS, ...headers, "content-type": type });
    response.end(body);
  };
  const { pathname, searchParams } = new URL(request.url ?? "", "http://page");
  const reports = await findReports(root);
  if (pathname === "/reports/list") {
    const list: ReportList = { folder: root, reports };
    return send(200, "application/json", JSON.stringify(list));
  }
  const card = pathname === "/reports/page" && reports.find(({ id }) => id === searchParams.get("id"));
  const read = card && (await readInside(root, join(root, card.id, REPORT_FILE), { most: REPORT_BYTES_MAX }));
  if (!read) return send(404, "text/plain; charset=utf-8", "There is no such report.\n");
  send(200, "text/html; charset=utf-8", read.bytes, { "content-security-policy": POLICY });
}
