/** @file The door of agent/model/image: pictures from files, and the patches that the model sees of them. */
export { Buffers } from "./buffers.ts";
export { readPicture, type Picture } from "./picture.ts";
export { type PreprocessorConfig, preprocessorConfig } from "./preprocessor.ts";
export { type ImageProcessor, loadImageProcessor, makeImageProcessor, type Patches } from "./processor.ts";
export { resizeBicubic } from "./resize.ts";
export { smartResize } from "./smart-size.ts";
