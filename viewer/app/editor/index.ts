/** @file The scenario editor, loaded when somebody first looks at it. */
import "./strict.ts";
export { EditorView } from "./view.tsx";
