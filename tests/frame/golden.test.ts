import { expect, test } from "vitest";
import { hashCases } from "./cases.ts";

// When a change of the picture is meant: look at the frames, then `npx vitest run tests/frame/golden.test.ts -u`.
test("every frame of the table has the bytes that it always had", async () => {
  await expect(JSON.stringify(await hashCases(), null, 2) + "\n").toMatchFileSnapshot("golden.json");
});
