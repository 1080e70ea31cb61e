// The TypeScript loader for a process or a thread that starts here.
import { register } from "tsx/esm/api";

register();
await import("./elsewhere.ts");
