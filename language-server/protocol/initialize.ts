/** What the editor tells the server in `initializationOptions`; every member may be absent (another editor than VS Code). */
export interface InitializationOptions {
  /** The editor's display language, e.g. `zh-cn`. */
  readonly locale?: string;
  /** False in an untrusted workspace: no git, no program of the tree, text checks only. Default true. */
  readonly trusted?: boolean;
  /** Absolute folder with one `<check id>.md` a check: dist/pages of the extension. */
  readonly pagesPath?: string;
  /** Absolute folder for caches of documents that belong to no repository. */
  readonly storagePath?: string;
  /** Settings for a client that can't answer `workspace/configuration`: the object below `keelson`. */
  readonly settings?: unknown;
}

/** Notification from the editor when the user grants trust. */
export const trustGranted = "keelson/server/trustGranted";
