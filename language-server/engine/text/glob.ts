const compiled = new Map<string, RegExp>();

/** Matches a slash-separated path against a glob: `*` within a name, `**` across names, `?` one character, `{a,b}` choices. */
export function matchesGlob(glob: string, path: string): boolean {
  let pattern = compiled.get(glob);
  if (pattern === undefined) {
    pattern = new RegExp(`^${translate(glob)}$`, "u");
    compiled.set(glob, pattern);
  }
  return pattern.test(path);
}

function translate(glob: string): string {
  let out = "";
  let depth = 0;
  for (let i = 0; i < glob.length; i++) {
    const char = glob.charAt(i);
    if (char === "*") {
      if (glob.charAt(i + 1) !== "*") out += "[^/]*";
      else if (glob.charAt(i + 2) === "/") {
        out += "(?:.*/)?";
        i += 2;
      } else {
        out += ".*";
        i += 1;
      }
    } else if (char === "?") out += "[^/]";
    else if (char === "{" && glob.includes("}", i)) {
      out += "(?:";
      depth++;
    } else if (char === "}" && depth > 0) {
      out += ")";
      depth--;
    } else if (char === "," && depth > 0) out += "|";
    else out += char.replace(/[\\^$.*+?()[\]{}|/]/u, "\\$&");
  }
  return out + ")".repeat(depth);
}
