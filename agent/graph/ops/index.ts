export * from "./elementwise.ts";
export * from "./layout.ts";
export * from "./matrix.ts";
export * from "./quantised.ts";
export * from "./reduce.ts";
