#!/usr/bin/env node
// Runs the TypeScript of this checkout as it stands: tsx compiles each file when it is imported.
import { register } from "tsx/esm/api";

register();
const { main } = await import("../touchline.ts");
await main(process.argv.slice(2));
