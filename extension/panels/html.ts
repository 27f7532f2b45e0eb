export interface PanelShell {
  readonly title: string;
  /** Fresh for each load; letters, digits, + and / only. */
  readonly nonce: string;
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** `vscode.env.language`. */
  readonly locale: string;
}

// The toolkit appends one empty <style> and fills it by insertRule, which CSP allows; the hash is that of the empty text,
// so that no other inline style gets in.
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** The page around a panel's bundle. Scripts by nonce, styles and fonts from the extension alone, no connection to anywhere. */
export function panelHtml(shell: PanelShell): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${shell.nonce}'`,
    `style-src ${shell.cspSource} ${emptyStyle}`,
    `font-src ${shell.cspSource}`,
    `img-src ${shell.cspSource} data:`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(shell.locale)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escapeHtml(shell.title)}</title>
<link rel="stylesheet" href="${escapeHtml(shell.styleUri)}">
</head>
<body>
<div id="root"></div>
<script nonce="${escapeHtml(shell.nonce)}" src="${escapeHtml(shell.scriptUri)}"></script>
</body>
</html>`;
}

/** Text as it may stand in HTML text and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${String(char.charCodeAt(0))};`);
}
