/**
 * Words of an endpoint, of git or of a path as a notification may hold them. VS Code makes a link of `[text](command:…)` in a
 * notification, and a click on it runs the command; without the bracket next to the parenthesis there is no link.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}
