import type { CapabilityRow } from "../../language-server/protocol/requests";

/** What an endpoint can do, in columns that line up in a plain text document. `heading` names the endpoint. */
export function capabilityTable(heading: string, rows: readonly CapabilityRow[]): string {
  const width = (member: "name" | "state"): number => Math.max(0, ...rows.map((row) => row[member].length));
  const lines = rows.map(({ name, state, detail }) => `${name.padEnd(width("name"))}  ${state.padEnd(width("state"))}  ${detail.replace(/\s+/g, " ")}`.trimEnd());
  return `${[heading, "", ...lines].join("\n")}\n`;
}
