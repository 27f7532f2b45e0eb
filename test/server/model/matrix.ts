/** Rows of the endpoint matrix, printed when the floor is done: what a server does, what comes of it. */
const rows: { readonly server: string; readonly quirk: string; readonly result: string }[] = [];

export function record(server: string, quirk: string, result: string): void {
  rows.push({ server, quirk, result });
}

export function printMatrix(): void {
  if (rows.length === 0) return;
  const width = (pick: (row: (typeof rows)[number]) => string): number => Math.max(...rows.map((row) => pick(row).length));
  const server = width((row) => row.server);
  const quirk = width((row) => row.quirk);
  console.log(["", ...rows.map((row) => `  ${row.server.padEnd(server)}  ${row.quirk.padEnd(quirk)}  ${row.result}`), ""].join("\n"));
  rows.length = 0;
}
