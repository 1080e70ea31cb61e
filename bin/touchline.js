#!/usr/bin/env node
// A checkout runs its TypeScript as it stands: tsx compiles each file when it is imported. A package holds it compiled.
import { existsSync } from "node:fs";

// A name that tools leave alone: in a checkout the file may be missing.
const compiled = "../dist/lib/touchline.js";
const { main } = await (isCheckout() ? translated() : import(compiled));
await main(process.argv.slice(2));

function isCheckout() {
  return existsSync(new URL("../touchline.ts", import.meta.url));
}

async function translated() {
  const { register } = await import("tsx/esm/api");
  register();
  return import("../touchline.ts");
}
