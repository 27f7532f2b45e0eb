import { isTemplate } from "../sysctl/format";
import { readIni } from "../text/ini";
import { head, linesOf, pathParts, span, trimmed, unquoted } from "../text/lines";
import type { ConfigFile, FileFormat, Include, Setting } from "../types";

const dialect = { comments: "#;!", inline: "#", continued: "never", separators: "=" } as const;

/** Sections that a server reads; those of clients have options of their own. */
const serverSection = /^(?:mysqld|mariadb|mariadbd|server|mysqld_safe|galera|embedded|client-server)(?:-[\d.]+|\d*)?$/u;
/** Options of which each one counts. */
const several = /^(?:(?:replicate|binlog)[-_].*|plugin[-_]load.*|early[-_]plugin[-_]load|ssl[-_]?.*|sql[-_]mode|init[-_]file|performance[-_]schema[-_]instrument|wsrep[-_]provider[-_]options|debug|log[-_]error)$/u;

/** my.cnf and the files that it includes. */
export const mysqlFormat: FileFormat = {
  kind: "mysql",
  detect(path, text) {
    const { name } = pathParts(path);
    if (!/\.(?:cnf|ini)$/u.test(name)) return false;
    if (name === "my.cnf" || name === "my.ini" || name === ".my.cnf") return true;
    return /^\s*\[(?:mysqld|mariadb|mariadbd|mysqld_safe|galera|client-server|mysqldump)[-\d.]*\]/mu.test(head(text));
  },
  parse(text, path) {
    const maria = /mariadb|galera/iu.test(path);
    const settings: Setting[] = [];
    for (const { section, name, value } of readIni(text, dialect).entries) {
      if (!serverSection.test(section) || section === "mysqld_safe" || name.text === "") continue;
      const known = name.text.replace(/^loose[-_]/u, "").replaceAll("-", "_");
      const kept = value === undefined ? undefined : unquoted(value);
      settings.push({
        name: known,
        written: name.text,
        component: maria || /^(?:mariadb|galera)/u.test(section) ? "mariadb" : "mysql",
        kind: "setting",
        value: kept?.text,
        at: name.at,
        valueAt: kept?.at,
        scope: section,
        open: isTemplate(value?.text ?? "") || isTemplate(name.text),
        ...(several.test(known) ? { several: true } : {}),
        ...(/^loose[-_]/u.test(name.text) ? { lenient: true } : {}),
      });
    }
    return { settings, includes: includesOf(text), problems: [] } satisfies ConfigFile;
  },
};

function includesOf(text: string): readonly Include[] {
  return linesOf(text).flatMap((line) => {
    const match = /^\s*!include(dir)?\s+/u.exec(line.text);
    if (match === null) return [];
    const { text: path, at } = trimmed(line, match[0].length);
    return path === "" ? [] : [{ path, at: span(line.number, at.start, at.end), ...(match[1] === undefined ? {} : { folder: true }) }];
  });
}
