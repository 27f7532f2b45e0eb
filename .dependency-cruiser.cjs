// The import table of docs/architecture.md, as rules: who may import what. `npm run lint` runs it.

/** Each line: capabilities that may import those to their left. */
const chains = [
  ["patch", "upstream", "review", "backport"],
  ["knowledge", "tuning"],
  ["benchmark"],
  ["architecture"],
  ["capacity", "deploy"],
];

const engine = "^language-server/engine";
const packages = (...names) => `(^|/)node_modules/(@types/)?(${names.join("|")})/`;
const any = (...patterns) => patterns.join("|");

/** Libraries without node, DOM or I/O that one capability needs beside zod: `yaml` tells where in a text a value stands, `htmlparser2` and `entities` read markup as browsers do. */
const pureLibraries = { tuning: ["yaml", "htmlparser2", "entities"] };

/** A capability sees the ports, the shared text helpers, zod and its left neighbours; so neither node, DOM nor VS Code. */
const capabilities = chains.flatMap((chain) =>
  chain.map((name, index) => ({
    name: `engine-${name}`,
    comment: `engine/${name} may import engine/ports, engine/text, zod and ${chain.slice(0, index + 1).join(", ")}.`,
    severity: "error",
    from: { path: `${engine}/${name}/` },
    to: { pathNot: any(`${engine}/ports\\.ts$`, `${engine}/text/`, packages("zod", ...(pureLibraries[name] ?? [])), `${engine}/(${chain.slice(0, index + 1).join("|")})/`) },
  })),
);

module.exports = {
  forbidden: [
    ...capabilities,
    {
      name: "engine-shared",
      comment: "engine/ports and engine/text stand below every capability: they may import each other and types of a capability.",
      severity: "error",
      from: { path: any(`${engine}/ports\\.ts$`, `${engine}/text/`) },
      to: { pathNot: any(`${engine}/ports\\.ts$`, `${engine}/text/`, `${engine}/[^/]+/types\\.ts$`) },
    },
    {
      name: "engine-unknown-capability",
      comment: "A new capability belongs into this file's chains first.",
      severity: "error",
      from: { path: `${engine}/[^/]+/`, pathNot: `${engine}/(text|${chains.flat().join("|")})/` },
      to: {},
    },
    {
      name: "adapters",
      comment: "Adapters make ports real: engine's ports, text and types, plain settings of the protocol, node and the drivers.",
      severity: "error",
      from: { path: "^language-server/adapters/" },
      to: {
        dependencyTypesNot: ["core"],
        pathNot: any("^language-server/adapters/", `${engine}/ports\\.ts$`, `${engine}/text/`, `${engine}/.+/types\\.ts$`, "^language-server/protocol/", packages("zod", "simple-git", "openai", "undici", "undici-types", "web-tree-sitter", "pg", "unpdf", "node")),
      },
    },
    {
      name: "protocol-code",
      comment: "What crosses a process boundary is plain data: zod and nothing of the engine at run time.",
      severity: "error",
      from: { path: "^language-server/protocol/" },
      to: { dependencyTypesNot: ["type-only"], pathNot: any("^language-server/protocol/", packages("zod")) },
    },
    {
      name: "protocol-types",
      comment: "The protocol may name types of engine/<capability>/types.ts.",
      severity: "error",
      from: { path: "^language-server/protocol/" },
      to: { dependencyTypes: ["type-only"], pathNot: any("^language-server/protocol/", packages("zod"), `${engine}/[^/]+/types\\.ts$`, `${engine}/text/message\\.ts$`) },
    },
    {
      name: "doors",
      comment: "lsp, server, cli and mcp: the language server's own floors, node, and the protocols' libraries.",
      severity: "error",
      from: { path: "^language-server/", pathNot: "^language-server/(engine|adapters|protocol)/" },
      to: {
        dependencyTypesNot: ["core"],
        pathNot: any("^language-server/", packages("vscode-languageserver", "vscode-languageserver-textdocument", "vscode-languageserver-protocol", "vscode-languageserver-types", "vscode-jsonrpc", "vscode-uri", "@modelcontextprotocol/sdk", "zod", "node")),
      },
    },
    {
      name: "extension",
      comment: "The editor's side is thin: VS Code, the language client, node, and the protocol. Never the engine.",
      severity: "error",
      from: { path: "^extension/" },
      to: { dependencyTypesNot: ["core"], pathNot: any("^extension/", "^vscode$", "^language-server/protocol/", packages("vscode", "vscode-languageclient", "vscode-languageserver-protocol", "node")) },
    },
    {
      name: "extension-protocol-types",
      comment: "Only types of the protocol: with its values zod would come along and break the client's size.",
      severity: "error",
      from: { path: "^extension/" },
      to: { path: "^language-server/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "webview",
      comment: "A panel knows the protocol's types and browser libraries. Never the engine, never the extension, never node.",
      severity: "error",
      from: { path: "^webview/" },
      to: { pathNot: any("^webview/", "^language-server/protocol/", packages("@vscode/webview-ui-toolkit", "@vscode/codicons", "@microsoft/.+", "markdown-it", "@types/markdown-it", "monaco-editor")) },
    },
    {
      name: "webview-protocol-types",
      comment: "Only types of the protocol, as in the extension.",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^language-server/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "toolkit-behind-kit",
      comment: "The toolkit is archived upstream: every use of it stays in webview/kit, so that a successor is a change to one folder.",
      severity: "error",
      from: { path: "^webview/", pathNot: "^webview/kit/" },
      to: { path: packages("@vscode/webview-ui-toolkit", "@microsoft/.+") },
    },
    {
      name: "vscode-in-extension-only",
      comment: "Only extension/ talks to VS Code.",
      severity: "error",
      from: { pathNot: "^(extension|test)/" },
      to: { path: any("^vscode$", packages("vscode")) },
    },
    {
      name: "no-circles",
      comment: "The data flows one way; circles of types alone do no harm.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "Every import leads somewhere; `vscode` is given by VS Code.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^vscode$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "types"], extensions: [".ts", ".mjs", ".js", ".d.ts", ".json"] },
  },
};
