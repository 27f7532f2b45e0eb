type Properties = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const anyText = { type: "string" } as const;
export const anyInteger = { type: "integer" } as const;

export function oneOfTexts(values: readonly string[]): Readonly<Record<string, unknown>> {
  return { type: "string", enum: [...values] };
}

/** Of an endpoint that enforces schemas: every property is required, and there are no others. */
function object(properties: Properties): Readonly<Record<string, unknown>> {
  return { type: "object", additionalProperties: false, required: Object.keys(properties), properties };
}

function list(items: Readonly<Record<string, unknown>>, most: number, least = 0): Readonly<Record<string, unknown>> {
  return { type: "array", ...(least === 0 ? {} : { minItems: least }), maxItems: most, items };
}

export interface StatementsShape {
  readonly name: string;
  readonly most: number;
  readonly statement: Properties;
  readonly evidence: Properties;
  readonly mostEvidence: number;
}

/** JSON schema of an answer that is a list of statements, each with its evidence: what is asked of a model. */
export function statementsAnswer({ name, most, statement, evidence, mostEvidence }: StatementsShape): { readonly name: string; readonly schema: Readonly<Record<string, unknown>> } {
  return { name, schema: object({ statements: list(object({ ...statement, evidence: list(object(evidence), mostEvidence, 1) }), most) }) };
}
