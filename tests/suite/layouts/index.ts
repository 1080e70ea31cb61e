/**
 * @file A few questions of each suite, made up, in every layout that its data set is published in: the columns, types and ways of
 * writing of the real files.
 */
import { COLLEGE } from "./college.ts";
import type { Layouts } from "./layout.ts";
import { MATHEMATICS } from "./mathematics.ts";
import { OLYMPIADS } from "./olympiad.ts";
import { TEXT } from "./text.ts";

export { JPEG, PNG } from "./layout.ts";

export const LAYOUTS: Readonly<Record<string, Layouts>> = {
  ...TEXT,
  ...OLYMPIADS,
  ...MATHEMATICS,
  ...COLLEGE,
};
