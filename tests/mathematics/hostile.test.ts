/** @file No answer, whatever it is made of, holds the verifier up, makes it throw, or is rewarded for it. */
import { expect, test } from "vitest";
import { verifyMathematics } from "../../trainer/mathematics/index.ts";
import { HOSTILE } from "./hostile.ts";

/** Milliseconds of processor time. Alone it is under 50; beside other work on the same cores more. */
const ROOM = 200;

function spent(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test.each(HOSTILE)("%s", (_, answer, gold) => {
  const times = Array.from({ length: 3 }, () =>
    spent(() => {
      expect(verifyMathematics(answer, gold)).toMatchObject({ score: 0 });
      verifyMathematics(gold, answer);
    }),
  );
  expect(Math.min(...times)).toBeLessThan(ROOM);
});
