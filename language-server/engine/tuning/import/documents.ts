import type { Imported } from "../types";
import { importAtuneTuning } from "./documents/atune-tuning";
import { importSglangArguments, importVllmArguments, importVllmConfig, type EngineOptions } from "./documents/engine-arguments";
import { importFioHowto } from "./documents/fio";
import { importHtml } from "./documents/html";
import { importManPage } from "./documents/man";
import { importServerHelp } from "./documents/mariadb-help";
import { importServerSource } from "./documents/mariadb-source";
import { importMarkdown } from "./documents/markdown";
import { importNginxDocument } from "./documents/nginx";
import { importPostgresqlDocument } from "./documents/postgresql-document";
import { importPostgresqlSample } from "./documents/postgresql-sample";
import { importGucSource } from "./documents/postgresql-source";
import { importProfile } from "./documents/profile";
import { importRedisConf } from "./documents/redis-conf";
import { importRedisSource } from "./documents/redis-source";
import { importPlainText, importRst } from "./documents/text";

export type DocumentImporterId =
  | "redis-conf"
  | "redis-source"
  | "server-help"
  | "server-source"
  | "postgresql-source"
  | "postgresql-document"
  | "postgresql-sample"
  | "nginx"
  | "fio"
  | "juicefs"
  | "vllm"
  | "sglang"
  | "profile"
  | "atune-tuning"
  | "man"
  | "markdown"
  | "rst"
  | "html"
  | "text"
  | "pdf";

/** What is known of the folder beside the one file. */
export interface DocumentFolder {
  /** What prose belongs to when the document does not tell. */
  readonly component: string;
  /** True when the user named the component: prose of all documents then belongs to it. */
  readonly named: boolean;
  readonly engineOptions: EngineOptions;
}

export interface DocumentImporter {
  readonly id: DocumentImporterId;
  /** Never throws; what can't be read is in `unread`. */
  read(path: string, text: string, folder: DocumentFolder): Imported;
}

interface Rule {
  readonly path: RegExp;
  /** What the first characters of the file must hold. */
  readonly begins?: RegExp;
  /** What the file must hold somewhere. */
  readonly holds?: string;
  readonly importer: DocumentImporter;
}

const simple = (id: DocumentImporterId, read: (path: string, text: string) => Imported): DocumentImporter => ({ id, read });
const prose = (id: DocumentImporterId, read: (path: string, text: string, component: string) => Imported): DocumentImporter => ({ id, read: (path, text, folder) => read(path, text, folder.component) });

/** The first rule that fits reads the file. Paths are without `.gz`. */
const rules: readonly Rule[] = [
  { path: /(?:^|\/)(?:redis|sentinel|valkey)[\w.-]*\.conf$/u, importer: simple("redis-conf", importRedisConf) },
  { path: /(?:^|\/)config\.c$/u, holds: "MODIFIABLE_CONFIG", importer: simple("redis-source", importRedisSource) },
  { path: /(?:^|\/)(?:sys_vars|ha_[a-z]+)\.cc$/u, importer: simple("server-source", importServerSource) },
  { path: /\.txt$/u, begins: /(?:mariadbd|mysqld)\s+Ver /u, importer: simple("server-help", importServerHelp) },
  { path: /(?:^|\/)guc(?:_tables)?\.c$|(?:^|\/)guc_parameters\.dat$/u, importer: simple("postgresql-source", importGucSource) },
  { path: /(?:^|\/)config\.sgml$|(?:^|\/)runtime-config-[\w-]+\.html$/u, importer: simple("postgresql-document", importPostgresqlDocument) },
  { path: /(?:^|\/)postgresql\.conf(?:\.sample)?$/u, importer: simple("postgresql-sample", importPostgresqlSample) },
  { path: /(?:^|\/)ngx_\w+_module\.(?:xml|html)$/u, importer: simple("nginx", importNginxDocument) },
  { path: /(?:^|\/)HOWTO(?:\.rst)?$/u, holds: ".. option::", importer: simple("fio", importFioHowto) },
  { path: /\.mdx?$/u, holds: "juicefs", importer: { id: "juicefs", read: (path, text, folder) => importMarkdown(path, text, juicefs(path, folder)) } },
  { path: /(?:^|\/)vllm\/config(?:\/\w+)?\.py$/u, importer: { id: "vllm", read: (path, text, folder) => importVllmConfig(path, text, folder.engineOptions) } },
  { path: /(?:^|\/)vllm\/(?:[\w]+\/)*(?:arg_utils|cli_args)\.py$/u, importer: simple("vllm", importVllmArguments) },
  { path: /(?:^|\/)server_args\.py$/u, importer: simple("sglang", importSglangArguments) },
  { path: /(?:^|\/)tuned\.conf$/u, importer: simple("profile", importProfile) },
  { path: /\.conf$/u, begins: /^\s*\[(?:main|sysctl|kernel_config|bootloader\.grub2)\]/mu, importer: simple("profile", importProfile) },
  { path: /\.ya?ml$/u, begins: /^object\s*:/mu, importer: simple("atune-tuning", importAtuneTuning) },
  { path: /(?:^|\/)[\w.+:-]+\.[1-8][a-z]{0,4}$/u, begins: /^(?:\.|'\\")/u, importer: { id: "man", read: (path, text, folder) => importManPage(path, text, folder.named ? folder.component : undefined) } },
  { path: /\.(?:md|mdx|markdown)$/u, importer: prose("markdown", (path, text, component) => importMarkdown(path, text, { component })) },
  { path: /\.rst$/u, importer: prose("rst", importRst) },
  { path: /\.x?html?$/u, importer: prose("html", importHtml) },
  { path: /\.txt$/u, importer: prose("text", importPlainText) },
  { path: /\.pdf$/iu, importer: prose("pdf", importPlainText) },
];

function juicefs(path: string, folder: DocumentFolder): Parameters<typeof importMarkdown>[2] {
  const component = folder.named ? folder.component : "juicefs";
  return /(?:command_reference|_common_options|mount_options)\.mdx?$/u.test(path) ? { component, options: "mount-option" } : { component };
}

const skipped = /(?:^|\/)(?:CHANGELOG|CHANGES|NEWS|LICEN[CS]E|COPYING|COPYRIGHT|AUTHORS|MAINTAINERS|CONTRIBUTORS|CODE_OF_CONDUCT)[^/]*$/iu;

function bare(path: string): string {
  return path.replace(/\.gz$/u, "");
}

/** True when the file's name is one that some importer reads; its content then tells which, if any. */
export function mayBeDocument(path: string): boolean {
  return !skipped.test(path) && rules.some((rule) => rule.path.test(bare(path)));
}

/** Which importer reads a file of a folder of documents; the path is relative to the folder, with slashes. */
export function documentImporterOf(path: string, text: string): DocumentImporter | undefined {
  const name = bare(path);
  const head = text.slice(0, 4000);
  return rules.find((rule) => rule.path.test(name) && (rule.begins?.test(head) ?? true) && (rule.holds === undefined || text.includes(rule.holds)))?.importer;
}

/** True for the file that tells which fields of vLLM's classes are options; read it before the classes. */
export function isEngineOptions(path: string): boolean {
  return /(?:^|\/)arg_utils\.py$/u.test(path);
}

