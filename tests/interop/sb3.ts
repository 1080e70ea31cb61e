/**
 * @file `npm run bench:sb3`: PPO of Stable-Baselines3 learns academy_empty_goal_close through the Gymnasium spaces of a server.
 *
 *     npm run bench:sb3 -- [--minutes N] [--fixed] [--seed N]
 */
import { join } from "node:path";
import { installPython, run } from "./install.ts";

const python = installPython(["requirements-sb3.txt"]);
const script = join(import.meta.dirname, "python/sb3_ppo.py");
run("Learning.", python, ["-B", script, ...process.argv.slice(2)]);
