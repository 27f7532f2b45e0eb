import * as z from "zod";
import { explainSections } from "./types";

/** A model's answer, one statement. Lines are hints and may come as text; what is too long is no statement. */
export const rawStatementSchema = z.object({
  section: z.enum(explainSections),
  text: z.string().min(1).max(700),
  evidence: z
    .array(
      z.object({
        path: z.string().max(4096).optional().default(""),
        side: z.enum(["old", "new", "message"]),
        quote: z.string().min(1).max(600),
        line: z.coerce.number().optional().catch(undefined),
      }),
    )
    .min(1)
    .max(4),
});

export type RawStatement = z.infer<typeof rawStatementSchema>;

/** The same as a JSON schema, for the endpoint. */
export const answerSchema = {
  name: "explanation",
  schema: {
    type: "object",
    additionalProperties: false,
    required: ["statements"],
    properties: {
      statements: {
        type: "array",
        maxItems: 24,
        items: {
          type: "object",
          additionalProperties: false,
          required: ["section", "text", "evidence"],
          properties: {
            section: { type: "string", enum: [...explainSections] },
            text: { type: "string" },
            evidence: {
              type: "array",
              minItems: 1,
              maxItems: 4,
              items: {
                type: "object",
                additionalProperties: false,
                required: ["path", "side", "quote", "line"],
                properties: { path: { type: "string" }, side: { type: "string", enum: ["old", "new", "message"] }, quote: { type: "string" }, line: { type: "integer" } },
              },
            },
          },
        },
      },
    },
  },
} as const;
