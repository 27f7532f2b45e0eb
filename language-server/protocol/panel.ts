import type { ExplainTarget, ExplanationView } from "./requests";
import type { UpstreamRows } from "./upstream-panels";

/**
 * The one typed channel between a webview and the extension's PanelHost. The host relays `request` to the server when the
 * method belongs to the panel's capability, relays server notifications of that capability as `notify`, and serves
 * `action` itself. It does not look into payloads.
 */
export type ToHost =
  | { readonly type: "ready" }
  | { readonly type: "request"; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly type: "action"; readonly action: EditorAction };

/** A panel keeps its state by VS Code's own `setState`; the host gets it back in its serializer and hands it over in `init`. */
export type ToPanel =
  | { readonly type: "init"; readonly locale: "en" | "zh-cn"; readonly state: unknown }
  | { readonly type: "response"; readonly id: number; readonly result: unknown }
  | { readonly type: "failure"; readonly id: number; readonly message: string }
  | { readonly type: "notify"; readonly method: string; readonly params: unknown };

/** What only the editor can do; each is native and safe. */
export type EditorAction =
  /** 1-based document line. */
  | { readonly kind: "reveal"; readonly uri: string; readonly line: number }
  /** One of a fixed list of Keelson's own commands; the host refuses others. */
  | { readonly kind: "command"; readonly command: "keelson.model.setKey" | "keelson.model.testEndpoint" | "keelson.model.openSettings" | "keelson.model.showWhatWouldBeSent" | "keelson.server.showLog" }
  | { readonly kind: "copy"; readonly text: string }
  /** Opens a commit as a patch document; `sha` is full or abbreviated hex. */
  | { readonly kind: "upstreamCommit"; readonly folder: string; readonly sha: string }
  /** Lists rows in the Upstream view by `keelson.upstream.showRows`. */
  | { readonly kind: "upstreamRows"; readonly rows: UpstreamRows };

/**
 * State of the explanation panel. The command that opens it gives `request` only; the panel itself sends
 * `keelson/review/explain` with it and keeps the view beside it, so that a reloaded window shows the view again and resumes
 * what was running. A new explanation in an open panel is a new `init` with a new `request`.
 */
export interface ExplainPanelState {
  readonly request: { readonly uri: string; readonly target: ExplainTarget };
  readonly view?: ExplanationView;
}
