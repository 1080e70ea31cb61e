import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";
parentPort.postMessage("start");
register();
parentPort.postMessage("registered");
await import("./worker.ts");
parentPort.postMessage("loaded");
