import * as vscode from "vscode";
import { distinctName } from "./address";

/** The part of VS Code's own git extension that is used: which repositories are open, and their newest commits. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<"uninitialized" | "initialized">;
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: { readonly HEAD?: { readonly name?: string } };
  log(options: { readonly maxEntries: number }): Promise<readonly GitCommit[]>;
}

interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly authorName?: string;
  readonly authorDate?: Date;
}

export interface RepositoryChoice {
  readonly name: string;
  /** The name, with the branch where another repository has the same. */
  readonly title: string;
  readonly folder: string;
  /** Told to the user; worktrees with the same name differ by it. */
  readonly branch: string | undefined;
  /** Newest first; empty when VS Code's git extension is off. */
  recent(): Promise<readonly GitCommit[]>;
}

const recentCommits = 50;
const gitSearchMs = 5000;

async function gitRepositories(): Promise<readonly GitRepository[]> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  if (extension === undefined) return [];
  const git = extension.isActive ? extension.exports : await extension.activate();
  if (!git.enabled) return [];
  const api = git.getAPI(1);
  await searched(api);
  return api.repositories;
}

/** Right after the start git still looks for repositories, and branches would be missing; its search is not waited for without end. */
function searched(api: GitApi): Promise<void> {
  if (api.state === "initialized") return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(done, gitSearchMs);
    const listening = api.onDidChangeState((state) => {
      if (state === "initialized") done();
    });
  });
}

function choiceOf(repository: GitRepository): Omit<RepositoryChoice, "title"> {
  return {
    name: nameOf(repository.rootUri),
    folder: repository.rootUri.fsPath,
    branch: repository.state.HEAD?.name,
    recent: () => repository.log({ maxEntries: recentCommits }),
  };
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split("/").filter((part) => part !== "").at(-1) ?? "/";
}

/** Repositories of the workspace: those that VS Code's git has open, else the workspace's folders. */
async function choices(): Promise<readonly RepositoryChoice[]> {
  const found = await untitledChoices();
  return found.map((choice) => ({ ...choice, title: distinctName(choice, found) }));
}

async function untitledChoices(): Promise<readonly Omit<RepositoryChoice, "title">[]> {
  const open = await gitRepositories();
  if (open.length > 0) return open.map(choiceOf);
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return folders.map(({ name, uri }) => ({ name, folder: uri.fsPath, branch: undefined, recent: () => Promise.resolve([]) }));
}

/** The repository that a command is about: that of the Source Control view it came from, the only one, or the chosen one. */
export async function pickRepository(arg: unknown): Promise<RepositoryChoice | undefined> {
  const all = await choices();
  const root = typeof arg === "object" && arg !== null && "rootUri" in arg && arg.rootUri instanceof vscode.Uri ? arg.rootUri.fsPath : undefined;
  const given = all.find(({ folder }) => folder === root);
  if (given !== undefined || all.length < 2) return given ?? all[0];
  const items = all.map((choice) => ({ label: choice.name, description: [choice.branch, choice.folder].filter((part) => part !== undefined).join(" · "), choice }));
  return (await vscode.window.showQuickPick(items, { title: "Keelson", placeHolder: vscode.l10n.t("Which repository?") }))?.choice;
}
