/** @file Opens a model and answers once, in a process of its own that `npm run bench:model:memory` watches. */
import { openLocalModel } from "../../../agent/model/index.ts";
import { tell } from "./stage.ts";

const [directory, compact] = process.argv.slice(2);

const start = performance.now();
tell("idle", start);
const model = await openLocalModel(directory!, { threads: 2, compact: compact === "true" });
tell("opened", start);
const opened = performance.now();
const content = [{ type: "image" as const }, { type: "text" as const, text: "Where is the ball?" }];
const frame = { width: 448, height: 288, data: new Uint8Array(448 * 288 * 3) };
await model.generate([{ messages: [{ role: "user", content }], images: [frame], maxTokens: 4 }]);
tell("answered", opened);
await model.close();
