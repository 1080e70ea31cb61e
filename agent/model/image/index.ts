/** @file The door of agent/model/image: pictures from files, and the patches that the model sees of them. */
export { readPicture, type Picture } from "./picture.ts";
export { makeImageProcessor, type ImageProcessor, type Patches } from "./processor.ts";
export { resizeBicubic } from "./resize.ts";
export { smartResize } from "./smart-size.ts";
