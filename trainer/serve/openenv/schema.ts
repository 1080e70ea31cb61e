/** @file What OpenEnv's clients ask about the server: schemas of actions, observations and state, and its metadata. */
import manifest from "../../../package.json" with { type: "json" };

const nullable = (type: string) => ({ anyOf: [{ type }, { type: "null" }] });

const PLAYER = {
  text: {
    type: "string",
    description: "What the player is told; the state in words stands before it where it was asked for.",
  },
  image: { ...nullable("string"), description: "The frame: a PNG file in base64." },
  simple115v2: { type: "array", items: { type: "number" }, description: 'With see: ["simple115v2"].' },
  raw: { type: "object", description: 'With see: ["raw"]: the state as in Google Research Football.' },
};

export const SCHEMA = {
  action: {
    title: "TouchlineAction",
    type: "object",
    additionalProperties: false,
    oneOf: [{ required: ["text"] }, { required: ["texts"] }, { required: ["action"] }],
    properties: {
      text: { type: "string", description: "<think>...</think><answer>one action</answer>" },
      texts: { type: "array", items: { type: "string" }, description: "One for each player under control." },
      action: {
        description: "Instead of words: an action by its number or name; a list of several players.",
      },
      request_id: {
        type: "string",
        description: "A step that comes again with the same one is not played again.",
      },
      metadata: { type: "object", additionalProperties: true },
    },
  },
  observation: {
    title: "TouchlineObservation",
    type: "object",
    required: [],
    properties: {
      done: { type: "boolean" },
      reward: nullable("number"),
      system: { type: "string", description: "What the system says; with a reset only." },
      ...PLAYER,
      players: {
        type: "array",
        items: { type: "object", properties: PLAYER },
        description: "Where several players are under control, instead of the above.",
      },
      info: { type: "object", description: "With info: true." },
    },
  },
  state: {
    title: "State",
    type: "object",
    properties: {
      episode_id: nullable("string"),
      step_count: { type: "integer" },
      seed: nullable("integer"),
      scenario: nullable("string"),
      done: { type: "boolean" },
    },
  },
} as const;

export const METADATA = {
  name: "touchline",
  description: manifest.description,
  readme_content: null,
  version: manifest.version,
  author: null,
  documentation_url: null,
} as const;

/** Of the wire, not of the package: `openenv validate` asks for it. */
const WIRE_VERSION = "1.0.0";

export function openApi(): object {
  const ok = { responses: { 200: { description: "docs/SERVE.md says what comes" } } };
  const paths: Record<string, object> = {};
  for (const path of ["/health", "/metadata", "/schema", "/state", "/metrics"]) paths[path] = { get: ok };
  for (const path of ["/reset", "/step", "/spaces", "/mcp", "/connect", "/call", "/get_reward"])
    paths[path] = { post: ok };
  return { openapi: "3.1.0", info: { title: METADATA.name, version: WIRE_VERSION }, paths };
}
