/** @file What is observed of a player who was sent off, by himself and by the others. */
import { expect, test } from "vitest";
import { makeEnv, type ObservationByKind } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";

type Seen = Pick<ObservationByKind, "raw" | "simple115v2" | "smm" | "text">;

function marks(map: Uint8Array, plane: number): number {
  return map.filter((value, i) => i % 4 === plane && value > 0).length;
}

test("who was sent off is nowhere, for everybody, and is told so", async () => {
  const kinds = ["raw", "simple115v2", "smm", "text"] as const;
  const control = { left: [3, 5], right: [2] };
  const env = await makeEnv(loadScenario("11_vs_11_stochastic"), { observation: kinds, control });
  env.reset({ seed: 1 });
  const before = env.step([0, 0, 0]).observation as readonly Seen[];
  const snapshot = env.snapshot();
  // Where the laws put him, far outside.
  Object.assign(snapshot.match.players[3]!, { sentOff: true, x: 0, y: 150, vx: 0, vy: 0 });
  env.restore(snapshot);
  const [himself, mate, opponent] = env.step([0, 0, 0]).observation as readonly Seen[];
  env.close();

  expect(before[0]!.raw.left_team_active[3]).toBe(true);
  for (const { raw } of [himself!, mate!]) {
    expect(raw.left_team_active).toEqual(raw.left_team.map((_, i) => i !== 3));
    expect(raw.left_team[3]).toEqual([-1, -1]);
    expect(raw.left_team_direction[3]).toEqual([-1, -1]);
  }
  expect(opponent!.raw.right_team_active[3]).toBe(false);
  expect(opponent!.raw.right_team[3]).toEqual([-1, -1]);
  expect(mate!.simple115v2.slice(6, 8)).toEqual(Float32Array.of(-1, -1));
  expect(marks(before[0]!.smm, 3)).toBe(1);
  expect(marks(himself!.smm, 3)).toBe(0);
  expect(marks(mate!.smm, 3)).toBe(1);
  expect(himself!.text).toBe(
    "Minute 0, score 0-0 (yours first), 2998 steps left. You were sent off: nothing that you do matters any more.",
  );
  expect(mate!.text).not.toContain("sent off");
});
