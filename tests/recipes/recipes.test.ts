/** @file The recipes for trainers elsewhere: each of our commands in them runs, on little data, and theirs are called right. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";
import { readQuestions } from "../../trainer/data/index.ts";
import { fixtureFolder } from "../reference/fixture.ts";
import { serving } from "../serve/serving.ts";
import { call, post } from "../serve/vagen.ts";
import { commandsOf, ofCheckout, run } from "./readme.ts";

const RECIPES = fileURLToPath(new URL("../../trainer/recipes/", import.meta.url));
const NAMES = ["openrlhf", "trl", "vagen", "verl"];
const SHORT = "academy_empty_goal_close";
const ENDS = /Ctrl-C ends it/;
// Whole commands, one after another.
vi.setConfig({ testTimeout: 300_000 });
const scratch = mkdtempSync(join(tmpdir(), "touchline-recipes-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const commands = NAMES.flatMap((name) =>
  commandsOf(join(RECIPES, name, "README.md")).map((line) => ({ name, line })),
);
const ours = commands.filter(({ line }) => line.startsWith("npx touchline"));

test("each recipe has commands of ours, of every kind", () => {
  const verbs = new Set(ours.map(({ line }) => line.split(" ")[2]));
  expect(verbs).toEqual(new Set(["data", "serve", "model", "bench", "watch"]));
  expect(new Set(ours.map(({ name }) => name)).size).toBe(NAMES.length);
});

describe("data", () => {
  const lines = commands.filter(({ line }) => /^npx touchline data|^sed /.test(line));

  test.each(NAMES)("%s: what is written, and named as the trainer finds it", async (name) => {
    const data = join(scratch, name, "data");
    for (const { line } of lines.filter((one) => one.name === name)) {
      const small = line.replaceAll("/data/", `${data}/`).replace(/--count \d+/, "--count 2");
      await run(ofCheckout(small), { cwd: join(RECIPES, name) });
    }
    if (name !== "openrlhf") return;
    // After sed the pictures are found from wherever the trainer runs.
    for (const file of ["touchline/mgt.jsonl", "judged/mgt.jsonl"]) {
      const row = JSON.parse(readFileSync(join(data, file), "utf8").split("\n")[0]!) as { message: string };
      const [{ image }] = (JSON.parse(row.message) as { content: { image: string }[] }[])[1]!.content as [
        { image: string },
      ];
      expect(image.startsWith("/") && existsSync(image)).toBe(true);
      expect((await readQuestions(join(data, file))).rows).toHaveLength(2);
    }
  });
});

test("the server starts as they start it", async () => {
  const lines = new Set(
    ours.map(({ line }) => line).filter((line) => line.startsWith("npx touchline serve")),
  );
  for (const line of lines) {
    const any = `${line.replace(/ --port \d+/, "").replace(/--workers \d+/, "--workers 1")} --port 0`;
    await run(ofCheckout(any), { cwd: scratch, until: ENDS });
  }
});

describe("what was trained", () => {
  symlinkSync(join(fixtureFolder("tied"), "model"), join(scratch, "trained"));
  // What differs by the folder alone need not be run again.
  const lines = new Set(
    ours
      .map(({ line }) => line)
      .filter((line) => /^npx touchline (?:model|bench|watch)/.test(line))
      .map((line) =>
        line
          .replace(/(dir:| info )\S+/, "$1trained")
          .replace("--device cuda", "--device cpu")
          .replace(/ --episodes \d+/, ""),
      )
      // A model that knows nothing makes eleven long episodes of the academy.
      .map((line) =>
        line.replace(/bench academy|bench scenario --scenario \S+/, `bench scenario --scenario ${SHORT}`),
      ),
  );

  test.each([...lines])("%s", async (line) => {
    const ends = line.includes(" watch ") && { until: ENDS };
    await run(ofCheckout(line + limitsOf(line)), { cwd: scratch, ...ends });
  });
});

function limitsOf(line: string): string {
  if (line.includes(" watch ")) return " --port 0";
  if (!line.includes(" bench ")) return "";
  const few = line.includes("reasoning") ? "--limit 1" : "--episodes 1";
  return ` --max-tokens 2 ${few} --out "bench ${line.length}"`;
}

function launchesOf(name: string): string[] {
  return commands
    .filter((one) => one.name === name && one.line.includes("./train.sh"))
    .map(({ line }) => line);
}

/** What LMM-R1's train_ppo_ray takes (commit f917f186), of what a run of ours could need. */
const LMM_R1_FLAGS =
  "pretrain save_path ckpt_path save_hf_ckpt load_checkpoint save_steps remote_rm_url prompt_data input_key label_key max_samples ref_num_nodes ref_num_gpus_per_node actor_num_nodes actor_num_gpus_per_node critic_num_nodes critic_num_gpus_per_node critic_learning_rate vllm_num_engines vllm_tensor_parallel_size colocate_all_models vllm_enable_sleep vllm_gpu_memory_utilization vllm_sync_backend enable_prefix_caching advantage_estimator n_samples_per_prompt temperature train_batch_size rollout_batch_size micro_train_batch_size micro_rollout_batch_size max_epochs num_episodes init_kl_coef lambd gamma actor_learning_rate lr_warmup_ratio normalize_reward prompt_max_len generate_max_len zero_stage bf16 flash_attn gradient_checkpointing eval_dataset eval_steps freeze_prefix use_tensorboard".split(
    " ",
  );

describe("the trainers are called", () => {
  const bin = join(scratch, "bin");
  mkdirSync(bin);
  for (const name of ["ray", "python3"]) {
    writeFileSync(join(bin, name), `#!/bin/sh\nprintf '%s\\n' "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const files = ["touchline", "judged"].flatMap((folder) =>
    ["fre.jsonl", "mgt.jsonl", "fre.parquet", "mgt.parquet"].map((file) =>
      join(scratch, "called", folder, file),
    ),
  );
  for (const file of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }

  async function called(name: string, line: string, env: Record<string, string> = {}): Promise<string[]> {
    const there = line.replaceAll("/data/", `${join(scratch, "called")}/`);
    const path = `${bin}${delimiter}${process.env["PATH"]}`;
    const launch = there.replace("./train.sh", `"${join(RECIPES, name, "train.sh")}"`);
    const output = await run(launch, { cwd: join(scratch, "called"), env: { PATH: path, ...env } });
    return output.trimEnd().split("\n");
  }

  test.each(["paper", "scripts"])("OpenRLHF's, with the settings of the %s", async (SETTINGS) => {
    const lines = launchesOf("openrlhf");
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const words = await called("openrlhf", line, { SETTINGS });
      expect(words.slice(0, 2)).toEqual(["job", "submit"]);
      const flags = words
        .slice(words.indexOf("openrlhf.cli.train_ppo_ray"))
        .filter((word) => word.startsWith("--"));
      expect(flags.filter((flag) => !LMM_R1_FLAGS.includes(flag.slice(2)))).toEqual([]);
      const of = (flag: string) => words[words.indexOf(`--${flag}`) + 1];
      const nodes = /NODES=(\d)/.exec(line)?.[1] ?? "1";
      expect([of("actor_num_nodes"), of("vllm_num_engines")]).toEqual([nodes, String(8 * Number(nodes))]);
      expect(of("advantage_estimator")).toBe(line.includes(" fre ") ? "reinforce_baseline" : "gae");
      expect(existsSync(of("prompt_data")!)).toBe(true);
      expect(of("save_path")).toMatch(/^\/.*\/runs\/(fre|mgt)$/);
    }
  });

  test("verl's", async () => {
    const lines = launchesOf("verl");
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const [m, module, ...settings] = await called("verl", line);
      expect([m, module]).toEqual(["-m", "verl.trainer.main_ppo"]);
      const of = new Map(
        settings.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]),
      );
      expect(of.size).toBe(settings.length);
      for (const key of ["data.train_files", "data.val_files", "reward.custom_reward_function.path"])
        expect(existsSync(of.get(key)!)).toBe(true);
      expect(of.get("trainer.nnodes")).toBe(/NODES=(\d)/.exec(line)?.[1] ?? "1");
      expect(of.get("algorithm.adv_estimator")).toBe(
        line.includes(" fre ") ? "reinforce_plus_plus_baseline" : "gae",
      );
    }
  });

  test.each([
    ["openrlhf", "./train.sh sft a b c", "expected fre or mgt"],
    ["verl", "./train.sh fre model", "expected fre|mgt MODEL"],
  ])("%s: a stage or a file that is missing is told", async (name, line, part) => {
    expect(await run(line, { cwd: join(RECIPES, name), status: 2 })).toContain(part);
  });
});

test("VAGEN's environments are played to their end", async () => {
  const server = await serving(["--workers", "1"]);
  const all = readdirSync(join(RECIPES, "vagen"))
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => environmentsOf(readFileSync(join(RECIPES, "vagen", file), "utf8")));
  expect(all).toHaveLength(4);
  for (const { config, seed, turns } of all) {
    const { data, images, status } = await post(server.url, "/connect", { env_config: config, seed });
    expect({ config, data, status }).toMatchObject({ status: 200 });
    expect(images).toHaveLength(1);
    let isOver = false;
    for (let turn = 0; turn < turns && !isOver; turn++) {
      const step = { action_str: "<think>Go on.</think><answer>dribble forward</answer>" };
      const answer = await call(server.url, data.session_id, "step", step);
      expect(answer.status).toBe(200);
      isOver = answer.data.done as boolean;
    }
    expect(await call(server.url, data.session_id, "close")).toMatchObject({ status: 200 });
  }
});

/** Keys that stay in VAGEN's client. */
const OF_THE_CLIENT = new Set(["base_urls", "timeout", "retries", "token"]);

interface Environment {
  config: Record<string, unknown>;
  seed: number;
  turns: number;
}

/** Of our own files: a key and a plain value a line. */
function environmentsOf(yaml: string): Environment[] {
  return yaml
    .split(/^ {2}- /m)
    .slice(1)
    .map((text) => {
      const entries = [...text.matchAll(/^( *)(\w+): (.+)$/gm)].map(
        ([, indent, key, value]) => [indent!.length, key!, plain(value!)] as const,
      );
      const of = new Map(entries.filter(([indent]) => indent < 6).map(([, key, value]) => [key, value]));
      expect([...of.keys()]).toEqual(expect.arrayContaining(["n_envs", "seed", "max_turns"]));
      const config = entries.filter(([indent, key]) => indent === 6 && !OF_THE_CLIENT.has(key));
      const [first, last] = of.get("seed") as [number, number];
      // VAGEN draws n_envs seeds without one twice.
      expect(last - first + 1).toBe(of.get("n_envs"));
      return {
        config: Object.fromEntries(config.map(([, key, value]) => [key, value])),
        seed: first,
        turns: of.get("max_turns") as number,
      };
    });
}

function plain(value: string): unknown {
  if (value.startsWith("[")) return value.slice(1, -1).split(", ").map(plain);
  if (value === "true" || value === "false") return value === "true";
  return /^[\d.]+$/.test(value) ? Number(value) : value;
}
