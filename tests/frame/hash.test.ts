import { expect, test } from "vitest";
import { loadHash } from "../../env/hash.ts";

test.each([
  ["", "ef46db3751d8e999"],
  ["a", "d24ec4f1a98c6e5b"],
  ["abc", "44bc2cf5ad770999"],
])("the XXH64 of %j is the published one", async (text, expected) => {
  const { hash64 } = await loadHash();
  expect(hash64(new TextEncoder().encode(text))).toBe(expected);
});

test("a hash depends on the view, not on the buffer behind it", async () => {
  const { hash64 } = await loadHash();
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  expect(hash64(bytes.subarray(10, 60))).toBe(hash64(bytes.slice(10, 60)));
});

test("loading twice gives the same functions", async () => {
  expect(await loadHash()).toBe(await loadHash());
});
