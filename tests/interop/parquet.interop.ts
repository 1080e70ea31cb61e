/**
 * @file `touchline data --format parquet` as verl's RLHFDataset opens it: `datasets` on pyarrow, pictures by Pillow, an
 * `<image>` for each.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readQuestions } from "../../trainer/data/index.ts";
import { decodeImage } from "../../agent/frame/index.ts";
import { touchline } from "../cli/run.ts";
import { temporaryFolder } from "./fixture.ts";
import { PYTHON, PYTHON_ENVIRONMENT } from "./python.ts";

/** More than a row group. */
const COUNT = 300;

const READ = `
import hashlib, io, json, sys
from datasets import load_dataset
from PIL import Image

rows = []
for row in load_dataset("parquet", data_files=sys.argv[1], cache_dir=sys.argv[2])["train"]:
    images = [Image.open(io.BytesIO(image["bytes"])) for image in row.pop("images", [])]
    assert sum(message["content"].count("<image>") for message in row["prompt"]) == len(images)
    row["images"] = [[image.mode, *image.size, hashlib.sha256(image.tobytes()).hexdigest()] for image in images]
    rows.append(row)
print(json.dumps(rows))
`;

interface Read {
  prompt: { role: string; content: string }[];
  reward_model: { style: string; ground_truth: string };
  extra_info: { split: string; index: number };
  images: [mode: string, width: number, height: number, sha256: string][];
}

const folder = temporaryFolder();

function readByDatasets(stage: string): Read[] {
  const args = ["-B", "-c", READ, join(folder, `${stage}.parquet`), join(folder, "cache")];
  const env = { ...process.env, ...PYTHON_ENVIRONMENT };
  return JSON.parse(execFileSync(PYTHON, args, { encoding: "utf8", maxBuffer: 1 << 28, env })) as Read[];
}

beforeAll(async () => {
  for (const stage of ["fre", "mgt"])
    for (const format of ["jsonl", "parquet"]) {
      const words = ["data", stage, "--count", String(COUNT), "--format", format, "--out", folder];
      expect(await touchline(words)).toMatchObject({ status: 0, stderr: "" });
    }
});

test.each(["fre", "mgt"])("%s: the questions of the JSONL file, with the same pixels", async (stage) => {
  const read = readByDatasets(stage);
  const { rows } = await readQuestions(join(folder, `${stage}.jsonl`));
  const expected = await Promise.all(
    rows.map(async ({ chat, gold }, index) => ({
      reward_model: { style: "rule", ground_truth: gold },
      extra_info: { split: "train", index },
      images: await Promise.all(chat.images.map(pixelsOf)),
    })),
  );
  expect(read).toHaveLength(COUNT);
  expect(read).toMatchObject(expected);
});

async function pixelsOf(path: string): Promise<Read["images"][number]> {
  const { width, height, data } = await decodeImage(readFileSync(path));
  return ["RGB", width, height, createHash("sha256").update(data).digest("hex")];
}
