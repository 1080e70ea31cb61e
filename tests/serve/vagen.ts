/** @file A client of VAGEN's RemoteEnv, written from the protocol: multipart in and out, pictures as PNG files. */
import { randomUUID } from "node:crypto";

export interface Answered {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any;
  images: Buffer[];
}

export function bodyOf(data: unknown, boundary = randomUUID()): { body: Buffer; type: string } {
  const body = `--${boundary}\r\nContent-Disposition: form-data; name="data"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(data)}\r\n--${boundary}--\r\n`;
  return { body: Buffer.from(body), type: `multipart/form-data; boundary="${boundary}"` };
}

/** What a proxy tells a client to send again; httpx, which VAGEN's client is built on, keeps it by itself. */
export interface Jar {
  cookie?: string;
}

export async function post(
  url: string,
  path: "/connect" | "/call",
  data: unknown,
  { jar }: { jar?: Jar } = {},
): Promise<Answered> {
  const { body, type } = bodyOf(data);
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    body: new Uint8Array(body),
    headers: { "content-type": type, ...(jar?.cookie !== undefined && { cookie: jar.cookie }) },
  });
  const [cookie] = response.headers.getSetCookie();
  if (jar && cookie !== undefined) jar.cookie = cookie.split(";")[0]!;
  return read(
    response.status,
    response.headers.get("content-type") ?? "",
    Buffer.from(await response.arrayBuffer()),
  );
}

export function call(
  url: string,
  session_id: string,
  method: string,
  params: object = {},
  options: { jar?: Jar } = {},
): Promise<Answered> {
  return post(url, "/call", { session_id, method, params }, options);
}

/** As VAGEN's codec reads it: split by the boundary, parts told apart by their types. */
function read(status: number, type: string, body: Buffer): Answered {
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1];
  if (boundary === undefined) return { status, data: JSON.parse(body.toString("utf8")), images: [] };
  const parts = body.toString("latin1").split(`--${boundary}`).slice(1, -1);
  const images: Buffer[] = [];
  let data: unknown;
  for (const part of parts) {
    const [head = "", ...rest] = part.split("\r\n\r\n");
    const content = Buffer.from(rest.join("\r\n\r\n").replace(/\r\n$/, ""), "latin1");
    if (/content-type: application\/json/i.test(head)) data = JSON.parse(content.toString("utf8"));
    else if (/content-type: image\/png/i.test(head)) images.push(content);
  }
  return { status, data, images };
}
