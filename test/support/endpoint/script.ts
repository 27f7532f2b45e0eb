import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Which requests a reply is for; all that are given must hold. */
export interface When {
  /** 1-based count of chat requests. */
  readonly nth?: number;
  readonly bodyOver?: number;
  readonly tokensOver?: number;
  readonly responseFormat?: "json_schema" | "json_object" | "any";
  readonly stream?: boolean;
  readonly streamOptions?: boolean;
  readonly modelNot?: string;
  /** The key that a request must bring as `Authorization: Bearer`; the reply is for those that don't. */
  readonly keyNot?: string;
  readonly tools?: boolean;
}

export interface AnswerScript {
  /** How many true statements; 5 unless told. */
  readonly statements?: number;
  /** Statements with a quote that is not in the patch. */
  readonly lies?: number;
  /** What a second turn brings for the lies: true ones, or the same again. */
  readonly repair?: "mend" | "insist";
  readonly form?: "json" | "fence" | "preamble" | "prose" | "broken";
  /** A model that does whatever a text inside the patch tells it. */
  readonly gullible?: boolean;
}

export interface Reply {
  readonly when?: When;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** Sent as it is, instead of an answer. */
  readonly body?: string;
  readonly answer?: AnswerScript;
  /** A whole completion even when a stream was asked for. */
  readonly whole?: boolean;
  /** Where the answer goes; elsewhere than `content` the content stays null. */
  readonly channel?: "content" | "reasoning" | "reasoning_content";
  readonly thinking?: "reasoning" | "reasoning_content" | "tags" | "bare";
  readonly role?: boolean;
  readonly done?: boolean;
  readonly finish?: "stop" | "length" | "content_filter" | "none";
  readonly refusal?: boolean;
  /** What the server says it read: its own count, at most `cut`, or nothing. */
  readonly usage?: "real" | "none" | { readonly cut: number };
  readonly toolCalls?: "indexed" | "no-index";
  readonly keepAlives?: number;
  readonly firstTokenMs?: number;
  readonly chunkMs?: number;
  readonly chunkChars?: number;
  /** Chunks before `fault`. */
  readonly after?: number;
  readonly fault?: "reset" | "close" | "stall" | "error" | "endless" | "truncate" | "reset-at-once" | "hang";
}

/** A server's manners, as data. */
export interface Script {
  readonly server: string;
  readonly about: string;
  readonly tls?: boolean;
  /** Answer of /v1/models: the list, or none. */
  readonly models?: boolean;
  readonly embeddings?: boolean;
  readonly tools?: boolean;
  /** The first that fits a request is played. */
  readonly replies: readonly Reply[];
}

const folder = fileURLToPath(new URL("../../fixtures/endpoint/", import.meta.url));

export function loadScript(name: string): Script {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Script;
}

export function scriptNames(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}
