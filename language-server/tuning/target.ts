import { release } from "node:os";
import type { NameOrigin } from "../engine/tuning/files/rules/whole";
import type { Target } from "../engine/tuning/files/rules/types";

/** `kernel=6.1,postgresql=15`, as options and settings have it; `kernel=running` is this machine's. Undefined for what is no such text. */
export function readTarget(text: string): Target | undefined {
  const target = new Map<string, string>();
  for (const part of text.split(",").map((entry) => entry.trim()).filter((entry) => entry !== "")) {
    const match = /^([a-z][\w-]{0,39})=(running|v?\d[\w.+-]{0,39})$/iu.exec(part);
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    const component = match[1].toLowerCase() === "linux" ? "kernel" : match[1].toLowerCase();
    target.set(component, match[2] === "running" ? runningVersion(component) : match[2].replace(/^v/iu, ""));
  }
  return target;
}

/** This machine's version of a component; empty when it can't be told without running programs. */
export function runningVersion(component: string): string {
  return component === "kernel" ? (/^\d+\.\d+(?:\.\d+)?/u.exec(release())?.[0] ?? "") : "";
}

/** What is judged for when nobody says: the kernel whose tree was imported, when it is one only. */
export function defaultTarget(origins: readonly NameOrigin[]): Target {
  const versions = new Set(origins.flatMap(({ component, version }) => (component === "kernel" && version !== undefined ? [version] : [])));
  const [only] = versions;
  return versions.size === 1 && only !== undefined ? new Map([["kernel", only]]) : new Map();
}

export function shownTarget(target: Target): string {
  return [...target].map(([component, version]) => `${component} ${version}`).join(", ");
}
