/** @file The scenario schema as JSON Schema, for editors that complete and check files while they are written. */
import { z } from "zod";
import { scenarioSchema } from "./schema/index.ts";

/** `$schema` itself is for the editor only: reading a file drops it. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { $schema, properties, ...rest } = z.toJSONSchema(scenarioSchema, {
    io: "input",
    override: ({ jsonSchema }) => {
      // Readonly in TypeScript; an editor would take it for a value that nobody may change.
      delete jsonSchema.readOnly;
      const { prefixItems } = jsonSchema;
      if (prefixItems === undefined) return;
      jsonSchema.minItems = prefixItems.length;
      jsonSchema.maxItems = prefixItems.length;
    },
  });
  return {
    $schema,
    title: "A scenario of Touchline",
    ...rest,
    properties: { $schema: { type: "string" }, ...properties },
  };
}

/** The text of scenario.schema.json. */
export function scenarioJsonSchemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
}
