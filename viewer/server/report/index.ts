/** @file Reports of benchmarks on the page. */
export { reportAnswerer } from "./answer.ts";
