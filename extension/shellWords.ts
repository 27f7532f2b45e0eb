/** One word for the terminal that people's default profile runs: POSIX quotes, or the double quotes of Windows' shells. */
export function quoteWord(word: string, platform: NodeJS.Platform): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  if (platform === "win32") return `"${word.replaceAll('"', "")}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
