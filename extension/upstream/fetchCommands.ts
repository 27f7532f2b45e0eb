/** The commands that bring mainline into a repository under the remote `mainline`. */
export function fetchCommands(folder: string, source: string, quote: (word: string) => string): readonly string[] {
  const git = `git -C ${quote(folder)}`;
  return [`${git} remote add mainline ${quote(source)}`, `${git} fetch --tags mainline`];
}
