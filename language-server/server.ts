import process from "node:process";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { InitializeParams } from "vscode-languageserver";

// Only what the first answer needs is loaded here; the session comes while the editor still waits for it.
const connection = createConnection(ProposedFeatures.all);
const session = import("./lsp/session");

process.on("unhandledRejection", (reason) => {
  connection.console.error(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
});
process.on("uncaughtException", (error) => {
  connection.console.error(`uncaught: ${error.stack ?? error.message}`);
});

connection.onInitialize(async (params: InitializeParams) => (await session).startSession(connection, params));
connection.listen();
