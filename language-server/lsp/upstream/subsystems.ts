import type { Cancel, GitRepository } from "../../engine/ports";
import { sectionsOfPath, type IsDirectory } from "../../engine/review/maintainers/match";
import { parseMaintainers, type Section } from "../../engine/review/maintainers/parse";
import type { Workbench } from "../../workbench";

/** Which sections of a tree's MAINTAINERS paths belong to. Answers are remembered: a map asks for the same paths again and again. */
export interface Subsystems {
  /** False when the tree has no MAINTAINERS. */
  readonly known: boolean;
  /** Titles, the nearest first. */
  of(path: string, cancel?: Cancel): Promise<readonly string[]>;
}

/** A section for everything ("THE REST") says nothing about a path. */
const everything = new Set(["*", "*/", "**"]);

/** MAINTAINERS as a commit has it; `tip` is a full sha. */
export async function readSubsystems(repository: GitRepository, tip: string, workbench: Pick<Workbench, "decode">, cancel?: Cancel): Promise<Subsystems> {
  const text = await repository.run(["cat-file", "blob", `${tip}:MAINTAINERS`], cancel === undefined ? {} : { cancel });
  return createSubsystems(text.status === 0 ? workbench.decode.text(text.stdout) : "");
}

export function createSubsystems(text: string): Subsystems {
  const sections = parseMaintainers(text).sections.filter((section) => !section.lines.some(({ letter, value }) => letter === "F" && everything.has(value)));
  const buckets = bucketsOf(sections);
  const answers = new Map<string, Promise<readonly string[]>>();
  return {
    known: sections.some(({ files }) => files.length > 0),
    of(path, cancel) {
      let answer = answers.get(path);
      if (answer === undefined) {
        const near = { sections: [...new Set(buckets(path))] };
        // Trees write directories with a slash, or files below them tell: nothing has to be looked up.
        answer = sectionsOfPath(near, path, noDirectory, cancel).then((found) => found.map(({ title }) => title));
        answers.set(path, answer);
        answer.catch(() => answers.delete(path));
      }
      return answer;
    },
  };
}

const noDirectory: IsDirectory = () => Promise.resolve(false);

/**
 * Sections that may be about a path: those with a glob below its first folders, and those with one that can't be filed that
 * way. MAINTAINERS has thousands of sections, and a map tens of thousands of paths.
 */
function bucketsOf(sections: readonly Section[]): (path: string) => readonly Section[] {
  const anywhere: Section[] = [];
  const below = new Map<string, Section[]>();
  for (const section of sections) {
    const keys = new Set(section.lines.flatMap(({ letter, value }) => (letter === "F" ? [folderOf(value)] : letter === "N" ? [""] : [])));
    if (keys.has("")) anywhere.push(section);
    else for (const key of keys) below.set(key, [...(below.get(key) ?? []), section]);
  }
  return (path) => {
    const [first = "", second = ""] = path.split("/");
    return [...anywhere, ...(below.get(first) ?? []), ...(below.get(`${first}/${second}`) ?? [])];
  };
}

/** At most two folders that a glob begins with. Empty when it may begin anywhere. */
function folderOf(glob: string): string {
  return /^(?:[^/*?[\]()|+\\{}^$]+\/){1,2}/u.exec(glob)?.[0].slice(0, -1) ?? "";
}
