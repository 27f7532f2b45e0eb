import { linesOf, pathParts } from "../text/lines";
import type { ConfigFile, FileFormat } from "../types";
import { mountOptions } from "./options";

/** fstab; of all file systems in it only JuiceFS's options are looked at. */
export const fstabFormat: FileFormat = {
  kind: "fstab",
  detect: (path) => /^fstab(?:\.\w+)?$/u.test(pathParts(path).name),
  parse(text) {
    const settings = linesOf(text).flatMap((line) => {
      const match = /^(\s*[^#\s]\S*\s+\S+\s+(?:fuse\.)?juicefs\s+)(\S+)/u.exec(line.text);
      return match?.[1] === undefined || match[2] === undefined ? [] : mountOptions(match[2], line.number, match[1].length, `line ${line.number}`);
    });
    return { settings, includes: [], problems: [] } satisfies ConfigFile;
  },
};
