/** @file What is learned from: JSONL files of conversations. */
export { type Dataset, type DatasetOptions, readDataset } from "./dataset.ts";
export { type Example, sequenceOf, type Turns } from "./example.ts";
export { linesOf } from "./lines.ts";
export { openChat, type QuestionRow, type QuestionRows, readQuestions } from "./questions.ts";
export {
  DATA_FORMATS,
  DATA_STAGES,
  type DataFormat,
  type DataStage,
  MIXES,
  writeQuestions,
  type WriteOptions,
  type Written,
} from "./write.ts";
