/** @file What the browser runs of the frame tests: the same functions on the same cases as Node. */
import { hashCases, hashFilm } from "./cases.ts";

Object.assign(globalThis, { hashCases, hashFilm });
