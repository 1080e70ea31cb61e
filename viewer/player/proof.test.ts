/** @file Proof of sight: a frame that is what the agent got, one that is not, and one that was never looked at. */
import { expect, test } from "vitest";
import { frameHash, makePainter } from "../../env/frame/index.ts";
import type { Lineup, Scene } from "../../env/frame/index.ts";
import { loadHash } from "../../env/hash.ts";
import { encodeScene } from "../protocol/index.ts";
import type { DecisionNote } from "../protocol/index.ts";
import { MindLog, Proof } from "./index.ts";

const LINEUP: Lineup = {
  pitch: { halfLength: 5250, halfWidth: 3400, goalHalfWidth: 366, goalHeight: 244, goalDepth: 200 },
  teams: [{ name: "Navy" }, { name: "Amber" }],
  players: [{ team: 0, number: 9, role: "CF", keeper: false }],
};

function sceneAt(x: number): Scene {
  return {
    tick: 10,
    step: 2,
    ball: { x, y: 0, z: 0 },
    figures: [{ x, y: 100, facing: 0, pose: "upright", controlled: true, booked: false, sentOff: false }],
    owner: 0,
    score: [0, 0],
    clockSeconds: 0,
    mode: "normal",
    restartTeam: -1,
    half: 1,
  };
}

function decision(tick: number, sight: Partial<DecisionNote>): DecisionNote {
  return { kind: "decision", tick, step: 1, place: 0, player: 0, action: "idle", ...sight };
}

test("every frame is drawn again once, and one ball in another place is found out", async () => {
  const hash = await loadHash();
  const painter = makePainter(LINEUP);
  const hashOf = (x: number): string => frameHash(painter.paint(sceneAt(x)), hash);
  const log = new MindLog();
  const proof = new Proof(log, { lineup: LINEUP }, hash);
  expect(proof.advance()).toBe(false);
  const honest = decision(10, { seen: encodeScene(sceneAt(0)), frameHash: hashOf(0) });
  const forged = decision(20, { seen: encodeScene(sceneAt(300)), frameHash: hashOf(0) });
  log.add(0, [decision(5, {}), honest, forged]);
  expect(proof.advance(forged)).toBe(true);
  expect(proof.count).toEqual({ frames: 2, same: 0, other: 1 });
  expect(proof.advance()).toBe(true);
  expect(proof.advance()).toBe(false);
  expect(proof.count).toEqual({ frames: 2, same: 1, other: 1 });
  expect(proof.otherTicks).toEqual([20]);
});

test("frames that are painted in a way of their own are drawn again in that way", async () => {
  const hash = await loadHash();
  const frames = { left: { width: 224, height: 144, grid: true } };
  const frame = makePainter(LINEUP, frames.left).paint(sceneAt(50));
  const log = new MindLog();
  log.add(0, [decision(10, { seen: encodeScene(sceneAt(50)), frameHash: frameHash(frame, hash) })]);
  for (const [given, same] of [
    [frames, 1],
    [undefined, 0],
  ] as const) {
    const proof = new Proof(log, { lineup: LINEUP, frames: given }, hash);
    proof.advance();
    expect(proof.count.same).toBe(same);
  }
});
