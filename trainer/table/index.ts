/** @file Rows of files as users have them: TSV, CSV, parquet, JSONL, JSON, with the pictures in them; and parquet written. */
export { isBlank, optionalList, optionalNumber, optionalText, optionalTexts, record, text } from "./cell.ts";
export { readLiteral } from "./literal.ts";
export { picturesIn } from "./picture.ts";
export { badRow, type BadRow, placeOf, type Row, shown, type TableRow, wrongValue } from "./row.ts";
export {
  type ParquetColumns,
  ParquetRows,
  parquetSchema,
  type ParquetType,
  valuesOf,
} from "./write-parquet.ts";
export { filesOf, FORMATS, readTable } from "./table.ts";
