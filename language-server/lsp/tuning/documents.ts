import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { URI } from "vscode-uri";
import { documentDecode } from "../../adapters/document-decode";
import { formatOf } from "../../engine/tuning/files/formats";
import { tuningRuleMessages } from "../../engine/tuning/files/rules/registry";
import type { Target } from "../../engine/tuning/files/rules/types";
import { loadPack } from "../../engine/tuning/pack/load";
import { createSettingsKnowledge, type SettingsKnowledge } from "../../knowledge/settings";
import { followedStore } from "../../knowledge/placed";
import { checkFile, type CheckedFile } from "../../tuning/check";
import { defaultTarget } from "../../tuning/target";
import { createWords, type Words } from "../../words";
import type { PatchDocument } from "../documents";
import type { Services } from "../services";
import { tuningViewMessages } from "./messages";

/** One version of a configuration file with all that is known and said of it. */
export interface TuningDocument extends CheckedFile {
  readonly document: PatchDocument;
  readonly target: Target;
  readonly knowledge: SettingsKnowledge;
  readonly words: Words;
}

/** Open configuration files, judged once a version. */
export interface TuningDocuments {
  /** Undefined for every document that is no configuration file of ours. */
  of(document: PatchDocument): Promise<TuningDocument | undefined>;
  readonly knowledge: SettingsKnowledge;
  readonly words: Words;
  /** Settings, files beside or the store may have changed: everything is judged anew. */
  changed(): void;
}

/** The store's files are looked at no more often than this: several requests come at once. */
const lookAgainMs = 2000;

export function createTuningDocuments(services: Pick<Services, "workbench" | "settings" | "log" | "words" | "folders" | "knowledge">): TuningDocuments {
  const { workbench, settings, log } = services;
  const words = createWords(services.words.locale, tuningRuleMessages, tuningViewMessages);
  const warn = (text: string): void => {
    log.warn(text);
  };
  const knowledge = createSettingsKnowledge({ store: followedStore(services.knowledge), pack: loadPack, warn });
  let known = new WeakMap<PatchDocument, Promise<TuningDocument | undefined>>();
  let lookedAt = 0;
  let stamp = "";

  /** Another process writes the store: what was remembered of it goes when its folder changed. A team's is read once. */
  const followStore = async (): Promise<void> => {
    const now = workbench.clock.now();
    if (now - lookedAt < lookAgainMs) return;
    lookedAt = now;
    const { place } = services.knowledge.now();
    const times = await Promise.all([place, dirname(place)].map((file) => stat(file).then(({ mtimeMs, size }) => `${mtimeMs} ${size}`, () => "")));
    const next = [services.knowledge.key(), ...times].join("\n");
    if (next === stamp) return;
    if (stamp !== "") {
      knowledge.forget();
      known = new WeakMap();
    }
    stamp = next;
  };

  const judge = async (document: PatchDocument): Promise<TuningDocument | undefined> => {
    const uri = URI.parse(document.uri);
    const text = document.text.getText();
    if (formatOf(uri.path, text) === undefined) return undefined;
    const { tuning } = await settings.for(document.uri);
    const wanted = new Map(Object.entries(tuning.target).map(([component, version]) => [component === "linux" ? "kernel" : component, version] as const).filter(([, version]) => version !== ""));
    const target: Target = new Map([...defaultTarget(await knowledge.origins()), ...wanted]);
    const checked = await checkFile(uri.scheme === "file" ? uri.fsPath : uri.path, text, target, { knowledge, files: workbench.files, decode: documentDecode, folders: services.folders() });
    return checked === undefined ? undefined : { ...checked, document, target, knowledge, words };
  };

  return {
    knowledge,
    words,
    async of(document) {
      // Which store it is stands in the settings.
      await settings.for();
      await followStore();
      let judged = known.get(document);
      if (judged === undefined) {
        judged = judge(document);
        known.set(document, judged);
        judged.catch(() => known.delete(document));
      }
      return judged;
    },
    changed() {
      lookedAt = 0;
      known = new WeakMap();
    },
  };
}
