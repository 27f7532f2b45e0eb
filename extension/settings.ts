import * as vscode from "vscode";

/** The settings that the editor's side reads itself; all others are the server's. */

export type TraceSetting = "off" | "messages" | "verbose";

export function readTrace(): TraceSetting {
  const value = vscode.workspace.getConfiguration("keelson").get<string>("trace.server");
  return value === "messages" || value === "verbose" ? value : "off";
}

export interface EndpointSetting {
  readonly id: string;
  readonly model: string;
  readonly baseUrl: string;
}

/** The endpoints of `keelson.models` that have an id; the server judges the rest of them. */
export function readEndpoints(): readonly EndpointSetting[] {
  const value = vscode.workspace.getConfiguration("keelson").get<unknown>("models");
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("id" in entry) || typeof entry.id !== "string" || entry.id === "") return [];
    const model = "model" in entry && typeof entry.model === "string" ? entry.model : "";
    const baseUrl = "baseUrl" in entry && typeof entry.baseUrl === "string" ? entry.baseUrl : "";
    return [{ id: entry.id, model, baseUrl }];
  });
}

/** What `keelson.models` holds that no log may show: the headers' values, whatever the headers are called. */
export function readHeaderValues(): readonly string[] {
  const models = vscode.workspace.getConfiguration("keelson").get<unknown>("models");
  return (Array.isArray(models) ? models : []).flatMap((entry: unknown) => {
    const headers = typeof entry === "object" && entry !== null && "headers" in entry ? entry.headers : undefined;
    return typeof headers === "object" && headers !== null ? Object.values(headers).filter((value) => typeof value === "string") : [];
  });
}
