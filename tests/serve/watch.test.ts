/** @file Episodes that a remote trainer plays, on the page like any other. */
import { expect, test } from "vitest";
import type { Minds } from "../../viewer/protocol/index.ts";
import { until, Venue } from "../viewer/serve.ts";
import { OpenEnv } from "./open-env.ts";
import { serving } from "./serving.ts";

const venue = new Venue();

test(
  "an episode over OpenEnv is shown with what was thought, and the next one after it",
  { timeout: 240_000 },
  async () => {
    const page = await venue.start(["academy_corner"], { rate: 200 });
    const viewer = await venue.join(page);
    const minds: Minds[] = [];
    viewer.socket.on("minds", (one) => minds.push(one));
    const server = await serving(["--watch", page.url, "--workers", "1"]);
    const client = await OpenEnv.join(server.url);
    const setup = { scenario: "academy_empty_goal_close", see: ["text"], decisionSteps: 1, info: true };
    const episode = async (seed: number): Promise<number> => {
      let { done, observation } = await client.observe("reset", { ...setup, seed });
      for (let step = 0; !done; step++) {
        const answer = step % 3 === 2 ? "shot" : "right";
        const text = `<think>I see the goal on the right.</think><answer>${answer}</answer>`;
        ({ done, observation } = await client.observe("step", { text }));
      }
      return observation.info.step;
    };
    const steps = await episode(21);
    await until(() => viewer.matches.some(({ fed }) => fed === "serve"));
    const match = viewer.matches.find(({ fed }) => fed === "serve")!;
    expect(match).toMatchObject({
      scenario: "academy_empty_goal_close",
      policies: ["remote", "built-in"],
      thinks: true,
    });
    await viewer.follow(match.id);
    await until(() => viewer.ends.some((end) => end.match === match.id));
    const end = viewer.ends.find((one) => one.match === match.id)!;
    expect(end.ended.reason).toBe("goal");
    expect(end.scenes).toBeGreaterThanOrEqual(steps);
    expect(end.minds).toBeGreaterThanOrEqual(steps);
    // What is thought goes to those who look on while it is shown.
    const heard = () => minds.flatMap(({ notes }) => notes);
    for (let seed = 22; heard().length === 0 && seed < 32; seed++) {
      await episode(seed);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    expect(heard()).toContainEqual(
      expect.objectContaining({ kind: "decision", think: "I see the goal on the right.", action: "right" }),
    );
  },
);
