/** @file Benchmarks on the page. */
export { ReportView } from "./view.tsx";
