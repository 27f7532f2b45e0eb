export interface Shell {
  /** Webview URIs of the panel's bundle. */
  readonly script: string;
  readonly style: string;
  /** The webview's own origin, as VS Code gives it. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly title: string;
  /** BCP 47, e.g. `zh-CN`. */
  readonly language: string;
  /** The panel shows monaco, which writes its own styles, starts a worker from a blob and fetches the worker's text. */
  readonly monaco?: boolean;
}

/** The toolkit adds one empty style element and fills it by rule; the hash of nothing lets exactly that one in. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** The page of a panel: one root, one script with a nonce, one style sheet, and no way out. */
export function shellHtml(shell: Shell): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${shell.nonce}'`,
    // A hash would switch 'unsafe-inline' off.
    `style-src ${shell.cspSource} ${shell.monaco === true ? "'unsafe-inline'" : emptyStyle}`,
    `font-src ${shell.cspSource}`,
    `img-src ${shell.cspSource} data:`,
    ...(shell.monaco === true ? ["worker-src blob:", `connect-src ${shell.cspSource}`] : []),
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(shell.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(shell.title)}</title>
<link rel="stylesheet" href="${escapeAttribute(shell.style)}">
</head>
<body>
<div id="root"></div>
<script nonce="${shell.nonce}" src="${escapeAttribute(shell.script)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
