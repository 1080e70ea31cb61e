/** @file Frames as image files and back. */
export { decodeImage, encodeJpeg, encodePng } from "./encode.ts";
