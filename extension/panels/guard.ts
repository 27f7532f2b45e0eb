import type { EditorAction, ToHost } from "../../language-server/protocol/panel";
import type { RequestMethod } from "../../language-server/protocol/requests";
import { readRows } from "./rows";

type PanelCommand = Extract<EditorAction, { kind: "command" }>["command"];

/** The commands that a panel may run; a record, so that the type keeps it complete. */
const panelCommands: Readonly<Record<PanelCommand, true>> = {
  "keelson.model.setKey": true,
  "keelson.model.testEndpoint": true,
  "keelson.model.openSettings": true,
  "keelson.model.showWhatWouldBeSent": true,
  "keelson.server.showLog": true,
};

/** Schemes of documents that a panel may reveal; `command:`, `http:` and the like are none. */
const revealSchemes: ReadonlySet<string> = new Set(["file", "untitled", "git", "keelson-patch", "vscode-vfs", "vscode-remote"]);

/** Methods that write; a command of ours asks natively before it sends one, so a panel may not. */
const writing: ReadonlySet<string> = new Set<RequestMethod>(["keelson/review/applyToWorktree", "keelson/review/suppress", "keelson/review/restore", "keelson/upstream/decide"]);

/** True for a method of the panel's own capability that writes nothing, the only ones that are relayed. */
export function mayRelay(capability: string, method: string): boolean {
  return !writing.has(method) && /^keelson\/[a-z]+\/[A-Za-z]+$/.test(method) && method.startsWith(`keelson/${capability}/`);
}

/** A message of a webview, or undefined when it has not the form of one: a webview is not trusted to keep the contract. */
export function readToHost(value: unknown): ToHost | undefined {
  if (!isRecord(value)) return undefined;
  switch (value["type"]) {
    case "ready":
      return { type: "ready" };
    case "request": {
      const { id, method } = value;
      if (typeof id !== "number" || !Number.isSafeInteger(id) || typeof method !== "string") return undefined;
      return { type: "request", id, method, params: value["params"] };
    }
    case "action": {
      const action = readAction(value["action"]);
      return action === undefined ? undefined : { type: "action", action };
    }
    default:
      return undefined;
  }
}

function readAction(value: unknown): EditorAction | undefined {
  if (!isRecord(value)) return undefined;
  switch (value["kind"]) {
    case "reveal": {
      const { uri, line } = value;
      if (typeof uri !== "string" || typeof line !== "number" || !Number.isSafeInteger(line) || line < 1) return undefined;
      const scheme = /^([a-z][a-z0-9+.-]*):/.exec(uri)?.[1];
      return scheme !== undefined && revealSchemes.has(scheme) ? { kind: "reveal", uri, line } : undefined;
    }
    case "command": {
      const { command } = value;
      return isPanelCommand(command) ? { kind: "command", command } : undefined;
    }
    case "copy":
      return typeof value["text"] === "string" ? { kind: "copy", text: value["text"] } : undefined;
    case "upstreamCommit": {
      const { folder, sha } = value;
      return typeof folder === "string" && folder !== "" && typeof sha === "string" && /^[0-9a-f]{7,64}$/.test(sha) ? { kind: "upstreamCommit", folder, sha } : undefined;
    }
    case "upstreamRows": {
      const rows = readRows(value["rows"]);
      return rows === undefined ? undefined : { kind: "upstreamRows", rows };
    }
    default:
      return undefined;
  }
}

function isPanelCommand(value: unknown): value is PanelCommand {
  return typeof value === "string" && Object.hasOwn(panelCommands, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
