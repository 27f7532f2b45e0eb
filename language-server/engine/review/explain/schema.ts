import * as z from "zod";
import { anyInteger, anyText, oneOfTexts, statementsAnswer } from "../../text/answer-schema";
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
export const answerSchema = statementsAnswer({
  name: "explanation",
  most: 24,
  statement: { section: oneOfTexts(explainSections), text: anyText },
  evidence: { path: anyText, side: oneOfTexts(["old", "new", "message"]), quote: anyText, line: anyInteger },
  mostEvidence: 4,
});
