import { version } from "../lsp/version";

export interface SarifResult {
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  readonly message: string;
  /** As the user named the file; slashes. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 0-based UTF-16 columns. */
  readonly start: number;
  readonly end: number;
}

/** SARIF 2.1.0 with one run, columns counted in UTF-16 code units. */
export function sarif(results: readonly SarifResult[]): object {
  const rules = [...new Set(results.map(({ rule }) => rule))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "keelson", version, rules: rules.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: results.map(({ rule, level, message, file, line, start, end }) => ({
          ruleId: rule,
          ruleIndex: rules.indexOf(rule),
          level,
          message: { text: message },
          locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line, startColumn: start + 1, endColumn: Math.max(end, start) + 1 } } }],
        })),
      },
    ],
  };
}
