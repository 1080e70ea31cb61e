/** @file `touchline model` as a user runs it: what it prints, and how it refuses what is wrong. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ChatModel,
  openModel,
  openWeights,
  readChatFile,
  readTensor,
  writeSafetensors,
} from "../../agent/model/index.ts";
import { LAUNCHER, touchline } from "./run.ts";

const FIXTURE = fileURLToPath(new URL("../reference/fixtures/tied/", import.meta.url));
const MODEL = join(FIXTURE, "model");
const VOCABULARY = 480;
const folder = mkdtempSync(join(tmpdir(), "touchline-model-"));
afterAll(() => rmSync(folder, { recursive: true }));

const QUESTION = { messages: [{ role: "user", content: "Who has it? 2 - 1!" }] };
const PICTURE = {
  messages: [{ role: "user", content: [{ type: "image" }, { type: "text", text: "Where?" }] }],
};
const withPicture = (path: string): object => ({ ...PICTURE, images: [path] });

function inputOf(name: string, content: unknown): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

interface Case {
  logits: { file: string; shape: [number, number] };
  input: unknown;
  greedy: { ids: number[] }[];
}

/** What the reference computed for one text: its input, logits after every token, and greedy ids. */
function reference(): Case & { values: Float32Array } {
  const { cases } = JSON.parse(readFileSync(join(FIXTURE, "expected.json"), "utf8")) as { cases: Case[] };
  const bytes = readFileSync(join(FIXTURE, cases[0]!.logits.file));
  return { ...cases[0]!, values: new Float32Array(Uint8Array.from(bytes).buffer) };
}

async function logitsOf(...args: string[]): Promise<{ shape: number[]; logits: number[][] }> {
  const { status, stdout, stderr } = await touchline(["model", "logits", MODEL, "--json", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("what it prints", () => {
  test("info --json tells architecture, parameters, stored types, files and context without opening a session", async () => {
    const { status, stdout, stderr } = await touchline(["model", "info", MODEL, "--json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ contextLength: 1024, config: { text: { layers: 2, tied: true } } });
    // float32, and a header before the data
    const weights = document.files.find(({ path }: { path: string }) => path === "model.safetensors").bytes;
    expect(document.stored).toEqual({ F32: document.parameters });
    expect(document.weightBytes).toBe(4 * document.parameters);
    expect(weights).toBeGreaterThan(document.weightBytes);
  });

  test("logits of one input, of a list, and of every token agree with the reference", async () => {
    const { input, logits, values } = reference();
    const one = inputOf("one", (input as unknown[])[0]);
    const list = inputOf("list", [QUESTION, (input as unknown[])[0]]);
    const [tokens] = logits.shape;
    const last = values.subarray((tokens - 1) * VOCABULARY);
    const [single, batch, all, listAll] = await Promise.all([
      logitsOf("--input", one),
      logitsOf("--input", list),
      logitsOf("--input", one, "--all"),
      logitsOf("--input", list, "--all"),
    ]);
    expect(single.shape).toEqual([1, VOCABULARY]);
    expect(far(single.logits.flat(), last)).toBeLessThan(1e-4);
    expect(batch.shape).toEqual([2, VOCABULARY]);
    expect(far(batch.logits[1]!, last)).toBeLessThan(1e-4);
    expect(all.shape).toEqual([tokens, VOCABULARY]);
    expect(far(all.logits.flat(), values)).toBeLessThan(1e-4);
    expect(listAll).toMatchObject([{ shape: [expect.any(Number), VOCABULARY] }, { shape: all.shape }]);
    // What is printed is a float32, not the like of one.
    expect(far(single.logits.flat().map(Math.fround), all.logits.at(-1)!.map(Math.fround))).toBeLessThan(
      1e-4,
    );
    for (const value of single.logits.flat()) {
      expect(Number(Math.fround(value).toPrecision(9))).toBe(value);
    }
  });

  test("generate --json gives the reference's greedy tokens; one seed gives one text whatever stands beside it", async () => {
    const { input, greedy } = reference();
    const one = inputOf("greedy", (input as unknown[])[0]);
    const { stdout } = await touchline([
      "model",
      "generate",
      MODEL,
      "--input",
      one,
      "--json",
      "--logprobs",
      "2",
    ]);
    const { promptTokens, samples } = JSON.parse(stdout);
    expect(promptTokens).toBe(reference().logits.shape[0]);
    expect(samples).toMatchObject([{ seed: 0, finish: "length" }]);
    expect(samples[0].tokens.map(({ id }: { id: number }) => id)).toEqual(greedy[0]!.ids);
    const { id, logProbability, top } = samples[0].tokens[0];
    expect(top).toEqual([
      { id, logProbability },
      { id: expect.any(Number), logProbability: expect.any(Number) },
    ]);

    const chance = ["--json", "--temperature", "1", "--max-tokens", "5"];
    interface Sample {
      seed: number;
      text: string;
      tokens: { id: number; logProbability: number }[];
    }
    const run = async (...args: string[]): Promise<{ samples: Sample[] }> =>
      JSON.parse((await touchline(["model", "generate", MODEL, "--input", one, ...chance, ...args])).stdout);
    const [three, last] = await Promise.all([run("--samples", "3", "--seed", "7"), run("--seed", "9")]);
    expect(three.samples.map(({ seed }) => seed)).toEqual([7, 8, 9]);
    // Products of more rows are summed in another order: the last bits of a probability may differ.
    const close = ({ tokens, ...sample }: Sample): object => ({
      ...sample,
      tokens: tokens.map(({ id, logProbability }) => ({
        id,
        logProbability: expect.closeTo(logProbability, 4),
      })),
    });
    expect(three.samples[2]).toEqual(close(last.samples[0]!));
    expect(three.samples[0]).not.toEqual({ ...three.samples[1], seed: 7 });
  });

  test("without --json the text comes as it is written, and Ctrl-C keeps what there is", async () => {
    const input = inputOf("long", QUESTION);
    const args = ["model", "generate", MODEL, "--input", input, "--max-tokens", "900", "--json"];
    const whole = JSON.parse((await touchline(args)).stdout).samples[0].text as string;

    const command = spawn(process.execPath, [LAUNCHER, ...args.slice(0, -1)]);
    let text = "";
    command.stdout.setEncoding("utf8");
    command.stdout.on("data", (piece: string) => {
      if (text === "") command.kill("SIGINT");
      text += piece;
    });
    const [status] = await once(command, "close");
    expect(status).toBe(1);
    // The last character may be one of several tokens, not all of which have come.
    const written = text.replace(/\uFFFD*\n$/, "");
    expect(whole.startsWith(written)).toBe(true);
    expect(written.length).toBeLessThan(whole.length);
  });

  test("export writes the three graphs beside the folder's files", async () => {
    const out = join(folder, "exported");
    const { status, stdout } = await touchline(["model", "export", MODEL, "--out", out, "--json"]);
    expect(status).toBe(0);
    const paths = JSON.parse(stdout).files.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(
      ["vision_encoder", "embed_tokens", "decoder_model_merged"].map((name) => `onnx/${name}.onnx`),
    );
    for (const path of [...paths, "config.json", "model.safetensors"]) {
      expect(readFileSync(join(out, path)).length).toBeGreaterThan(0);
    }
    for (const taken of [out, join(out, "config.json")]) {
      const again = await touchline(["model", "export", MODEL, "--out", taken]);
      expect(again.status).toBe(1);
      expect(again.stderr).toMatch(/^touchline: model\/export-exists: /);
    }
  });

  test("--help loads no onnxruntime", async () => {
    const tell = "process.on('exit',()=>console.error(process.report.getReport().sharedObjects.join()))";
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(tell)}`;
    const help = await touchline(["model", "generate", "--help"], { NODE_OPTIONS });
    const info = await touchline(["model", "info", MODEL], { NODE_OPTIONS });
    expect(help.stderr).not.toContain("onnxruntime");
    // The same look sees it where it is.
    expect(info.stderr).toContain("onnxruntime");
  });
});

/** The largest difference of two lists of one length. */
function far(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

/** A copy of the model, changed. */
function damaged(name: string, change: (directory: string) => void): string {
  const directory = join(folder, name);
  cpSync(MODEL, directory, { recursive: true });
  change(directory);
  return directory;
}

function rewrite(
  directory: string,
  change: (name: string, shape: readonly number[]) => readonly number[] | null,
) {
  const tensors = [...openWeights(MODEL).tensors].flatMap(([name, tensor]) => {
    const shape = change(name, tensor.shape);
    return shape === null ? [] : [{ name, dtype: "F32" as const, shape, data: readTensor(tensor) }];
  });
  writeSafetensors(join(directory, "model.safetensors"), tensors);
}

function announce(directory: string, bytes: bigint): void {
  const path = join(directory, "model.safetensors");
  const file = readFileSync(path);
  file.writeBigUInt64LE(bytes);
  writeFileSync(path, file);
}

const NORM = "model.language_model.norm.weight";

describe("a folder that is wrong is refused in one sentence that names the file", () => {
  test.concurrent.each<[what: string, code: string, says: RegExp, change: (directory: string) => void]>([
    [
      "missing",
      "model/file",
      /config\.json" cannot be read \(ENOENT\)/,
      (at) => rmSync(at, { recursive: true }),
    ],
    ["no config", "model/file", /config\.json" cannot be read/, (at) => rmSync(join(at, "config.json"))],
    [
      "another architecture",
      "model/architecture",
      /config\.json.*"llama".*qwen2_5_vl/,
      (at) =>
        writeFileSync(join(at, "config.json"), '{"model_type":"llama","architectures":["LlamaForCausalLM"]}'),
    ],
    [
      "a tensor missing",
      "model/tensor-missing",
      /model\.language_model\.norm\.weight/,
      (at) => rewrite(at, (name, shape) => (name === NORM ? null : shape)),
    ],
    [
      "a tensor of another shape",
      "model/tensor-shape",
      /model\.language_model\.norm\.weight.*\[64\]/,
      (at) => rewrite(at, (name, shape) => (name === NORM ? [8, 8] : shape)),
    ],
    [
      "weights cut short",
      "model/truncated",
      /model\.safetensors" is cut short/,
      (at) => truncateSync(join(at, "model.safetensors"), 300_000),
    ],
    [
      "a header too long",
      "model/truncated",
      /says that its header has 1000000 bytes/,
      (at) => announce(at, 1_000_000n),
    ],
    ["a header too short", "model/safetensors", /header that is not JSON/, (at) => announce(at, 100n)],
    [
      "no tokenizer",
      "model/file",
      /tokenizer\.json" cannot be read/,
      (at) => rmSync(join(at, "tokenizer.json")),
    ],
  ])("%s", async (what, code, says, change) => {
    const directory = damaged(what.replaceAll(" ", "-"), change);
    // The commands that run a model open it in a thread, whose errors must come through with their codes.
    const outcome = await touchline([
      "model",
      "logits",
      directory,
      "--input",
      inputOf("question", QUESTION),
      "--json",
    ]);
    refused(outcome, 1, code, says);
  });
});

describe("an input that is wrong is refused in one sentence", () => {
  beforeAll(async () => {
    mkdirSync(join(folder, "pictures"));
    const picture = (name: string, width: number, height: number): Promise<unknown> =>
      sharp({ create: { width, height, channels: 3, background: "green" }, limitInputPixels: false })
        .png({ compressionLevel: 1, palette: false })
        .toFile(join(folder, "pictures", `${name}.png`));
    await picture("dot", 1, 1);
    await picture("thread", 20_000, 1);
    await picture("ribbon", 20_000, 200);
    await picture("field", 20_000, 20_000);
    model = await openModel(MODEL);
  });
  afterAll(() => model.close());

  // As the commands do, without a process for each.
  let model: ChatModel;
  const ask = async (input: string): Promise<unknown> => model.generate((await readChatFile(input)).chats);

  test.each<[what: string, code: string, says: RegExp, content: unknown]>([
    [
      "a picture that is not there",
      "model/picture-file",
      /gone\.png cannot be read/,
      withPicture("gone.png"),
    ],
    [
      "20,000 pixels by 1",
      "model/picture-aspect",
      /20000 x 1 pixels is too narrow/,
      withPicture("pictures/thread.png"),
    ],
    [
      "20,000 pixels by 20,000",
      "model/picture-size",
      /20000 x 20000 pixels/,
      withPicture("pictures/field.png"),
    ],
    ["fewer pictures than places", "model/image-count", /1 places for pictures .* 0 pictures/, PICTURE],
    [
      "a prompt longer than the context",
      "model/prompt-too-long",
      /at most 1024/,
      { messages: [{ role: "user", content: "pass ".repeat(3000) }] },
    ],
    ["no JSON", "model/not-json", /no-JSON\.json is not JSON: .* at line 2, column 1/, '{"messages": \n}'],
    ["another key", "model/input", /another-key\.json: .* no other key/, { ...QUESTION, image: "a.png" }],
    [
      "a wrong value deep inside",
      "model/input",
      /\[1\]\.messages\[0\]\.role is 5; expected a text/,
      [QUESTION, { messages: [{ role: 5, content: "Who?" }] }],
    ],
    ["no messages", "model/input", /messages is missing; expected a list of messages/, { images: [] }],
    [
      "no tokens wanted",
      "model/input",
      /maxTokens is 0; expected a whole number from 1/,
      { ...QUESTION, maxTokens: 0 },
    ],
  ])("%s", async (what, code, says, content) => {
    const answer = ask(inputOf(what.replaceAll(/[ ,]/g, "-"), content));
    await expect(answer).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });

  test.concurrent.each([
    ["an unknown device", ["--device", "gpu"], /'gpu' is invalid\. Allowed choices are cpu, webgpu, cuda/],
    ["a top-p of 0", ["--top-p", "0"], /--top-p/],
  ])("%s is wrong use", async (_, args, says) => {
    const input = inputOf("use", QUESTION);
    const outcome = await touchline(["model", "generate", MODEL, "--input", input, ...args]);
    refused(outcome, 2, "cli/wrong-use", says);
  });

  test("a device that is missing is told in one sentence, without what its libraries print", async () => {
    const args = ["model", "logits", MODEL, "--input", inputOf("device", QUESTION), "--device", "webgpu"];
    const outcome = await touchline(args, { VK_ICD_FILENAMES: "/nowhere.json" });
    refused(outcome, 1, "graph/device", /webgpu cannot be used: no GPU adapter found; install/);
  });

  test("an input that is not there", async () => {
    const outcome = await touchline(["model", "logits", MODEL, "--input", join(folder, "none.json")]);
    refused(outcome, 1, "model/input-file", /none\.json cannot be read \(ENOENT\)/);
  });

  test("what looks odd but is right works: one pixel, and 20,000 by 200 within the bounds of pixels", async () => {
    const input = inputOf("odd", [withPicture("pictures/dot.png"), withPicture("pictures/ribbon.png")]);
    const { status, stdout, stderr } = await touchline([
      "model",
      "logits",
      MODEL,
      "--input",
      input,
      "--json",
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout).shape).toEqual([2, VOCABULARY]);
  });
});

function refused(
  { status, stdout, stderr }: { status: number; stdout: string; stderr: string },
  expected: number,
  code: string,
  says: RegExp,
): void {
  expect(stderr).toMatch(new RegExp(`^touchline: ${code}: \\S.*\\.\\n$`));
  expect(stderr).toMatch(says);
  expect({ status, stdout }).toEqual({ status: expected, stdout: "" });
}
