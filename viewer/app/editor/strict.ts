/** @file The page's policy lets no code be made at run time: zod is told so before it builds a schema and would try. */
import { config } from "zod";

config({ jitless: true });
