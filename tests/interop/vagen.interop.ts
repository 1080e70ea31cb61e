/**
 * @file VAGEN's RemoteEnv from a client that knows only the protocol, held against the transcript in `vagen-transcript.json`,
 * which the same client recorded. When what is played or said changes on purpose, delete the file and run this again.
 */
import { expect, test } from "vitest";
import { runPython } from "./python.ts";
import { servedForFile } from "./serving.ts";

const url = servedForFile();

interface Exchange {
  path: string;
  status: number;
  data: { obs?: string; reward?: number; done?: boolean; info?: { success?: boolean } };
  images: { size: [number, number] }[];
}

test("an episode by VAGEN's protocol is the one that was recorded", async () => {
  const transcript = runPython("vagen_client.py", url()) as Exchange[];
  const [connected, prompt] = transcript;
  expect(connected!.images.map(({ size }) => size)).toEqual([[112, 72]]);
  expect(prompt!.data.obs).toContain("You play football.");
  expect(transcript.find(({ data }) => data.done)?.data.info).toMatchObject({ success: true });
  expect(transcript.map(({ status }) => status).slice(-3)).toEqual([200, 200, 404]);
  await expect(`${JSON.stringify(transcript, null, 1)}\n`).toMatchFileSnapshot("vagen-transcript.json");
});
