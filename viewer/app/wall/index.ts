/** @file The wall: all matches at once. */
export { WallView } from "./view.tsx";
