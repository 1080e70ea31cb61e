/** @file What the browser runs: the env itself, on the cases that the test hands over. */
import { trace } from "./trace.ts";

Object.assign(globalThis, { trace });
