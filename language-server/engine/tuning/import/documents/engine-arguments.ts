import type { Imported, ParameterRecord, ValueRange, ValueType } from "../../types";
import { lineIndex } from "../c-text";
import { clip, Findings, passageOf } from "../passage";
import { argumentsOf, classesOf, pythonText, withoutPythonComments, type PythonArgument, type PythonClass, type PythonField } from "./python";

/** Options of vLLM by the field of a configuration class that they set: `CacheConfig.block_size` → `--block-size`. */
export type EngineOptions = ReadonlyMap<string, readonly string[]>;

const vllm = "vllm";
const sglang = "sglang";

/** What vllm/engine/arg_utils.py offers of the fields of vllm/config/*.py. */
export function vllmOptionsOf(text: string): EngineOptions {
  const code = withoutPythonComments(text);
  const classes = new Map([...code.matchAll(/\b(\w{1,60}) = get_kwargs\((\w{1,60})\)/gu)].map((match) => [match[1] ?? "", match[2] ?? ""]));
  const found = new Map<string, string[]>();
  for (const { names, spread } of argumentsOf(code)) {
    const long = names.filter((name) => name.startsWith("--"));
    for (const expression of spread) {
      const match = /^(\w{1,60})\[["'](\w{1,80})["']\]$/u.exec(expression);
      const owner = classes.get(match?.[1] ?? "");
      if (match?.[2] === undefined || owner === undefined) continue;
      const key = `${owner}.${match[2]}`;
      found.set(key, [...(found.get(key) ?? []), ...long]);
    }
  }
  return found;
}

/** Reads vllm/config/*.py: the fields that an option of the command line sets, with the text below each. */
export function importVllmConfig(path: string, text: string, options: EngineOptions): Imported {
  const findings = new Findings(path, vllm);
  const code = withoutPythonComments(text);
  const lineOf = lineIndex(code);
  for (const one of classesOf(code)) {
    const constants = constantsOf(code, one);
    for (const field of one.fields) {
      for (const option of options.get(`${one.name}.${field.name}`) ?? []) {
        add(findings, vllm, option, lineOf(field.at), one.name, field.words, typedField(field.type, field.value, constants, code));
      }
    }
  }
  return findings.all;
}

/** Reads options that vllm/engine/arg_utils.py describes itself, with older releases all of them. */
export function importVllmArguments(path: string, text: string): Imported {
  return importArguments(path, text, vllm, "EngineArgs");
}

/** Reads python/sglang/srt/server_args.py: the options, with defaults from the class of the same file. */
export function importSglangArguments(path: string, text: string): Imported {
  return importArguments(path, text, sglang, "ServerArgs");
}

function importArguments(path: string, text: string, component: string, owner: string): Imported {
  const findings = new Findings(path, component);
  const code = withoutPythonComments(text);
  const lineOf = lineIndex(code);
  const fields = new Map((classesOf(code).find((one) => one.name === owner)?.fields ?? []).map((field) => [field.name, field]));
  for (const argument of argumentsOf(code)) {
    const option = argument.names.find((name) => name.startsWith("--"));
    // What another class describes is read there.
    if (option === undefined || argument.spread.length > 0) continue;
    const words = pythonText(argument.keywords.get("help") ?? "") ?? "";
    if (/argparse\.SUPPRESS/u.test(argument.keywords.get("help") ?? "")) continue;
    add(findings, component, option, lineOf(argument.at), `${owner}, add_argument`, words, typedArgument(argument, fields, owner, code));
  }
  return findings.all;
}

type Fields = Pick<ParameterRecord, "type" | "default" | "range">;

function add(findings: Findings, component: string, option: string, line: number, title: string, words: string, fields: Fields): void {
  const description = clip(passageOf(words.split("\n")).replace(/\\n/gu, " "));
  findings.add({ name: option, component, kind: "engine-argument", ...fields, restart: "service", description, source: { title, file: findings.file, line }, confidence: 0.9 });
}

/** Numbers and strings that a class names for itself: `DEFAULT_X: ClassVar[int] = 2048`. */
function constantsOf(code: string, { name }: PythonClass): ReadonlyMap<string, string> {
  const at = code.indexOf(`class ${name}`);
  return new Map([...code.slice(at, at + 20_000).matchAll(/^ {4}([A-Z][A-Z0-9_]{1,60})(?:: [^=\n]{1,60})? = ([^\n]{1,60})$/gmu)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

function typedField(type: string, value: string | undefined, constants: ReadonlyMap<string, string>, code: string): Fields {
  const call = /^(?:Field|field)\(([^]*)\)$/u.exec(value ?? "")?.[1];
  const stated = call === undefined ? value : /(?:^|[\s,(])default=([^,]{1,80})/u.exec(call)?.[1];
  const kind = typeOf(type, code);
  const found = literal(stated === undefined ? undefined : (constants.get(stated.trim()) ?? stated), kind.type);
  const range = kind.range ?? boundsOf(call, kind.type);
  return { ...(kind.type === undefined ? {} : { type: kind.type }), ...(found === undefined ? {} : { default: found }), ...(range === undefined ? {} : { range }) };
}

/** Bounds of a field that take the value itself in; `gt=0` of an integer is a least value of 1. */
function boundsOf(call: string | undefined, type: ValueType | undefined): ValueRange | undefined {
  if (call === undefined || (type !== "integer" && type !== "number")) return undefined;
  const bound = (key: string): string | undefined => new RegExp(String.raw`(?:^|[\s,(])${key}=(-?\d+(?:\.\d+)?)`, "u").exec(call)?.[1];
  const above = bound("gt");
  const min = bound("ge") ?? (type === "integer" && above !== undefined && /^-?\d+$/u.test(above) ? (BigInt(above) + 1n).toString() : undefined);
  const max = bound("le");
  return min === undefined && max === undefined ? undefined : { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function typeOf(written: string, code: string, depth = 0): { readonly type?: ValueType; readonly range?: ValueRange } {
  const bare = written.trim().replace(/^(?:Optional|SkipValidation|InitVar)\[(.*)\]$/u, "$1").replace(/\s*\|\s*None$/u, "");
  if (bare === "bool") return { type: "boolean" };
  if (bare === "int") return { type: "integer" };
  if (bare === "float") return { type: "number" };
  if (bare === "str") return { type: "string" };
  if (/^(?:list|tuple|List|Tuple|Sequence|set)\[/u.test(bare)) return { type: "list" };
  const options = /^Literal\[([^]*)\]$/u.exec(bare)?.[1];
  if (options !== undefined) {
    const values = [...options.matchAll(/["']([\w.:+-]{1,60})["']/gu)].map((match) => match[1] ?? "");
    return values.length > 0 ? { type: "enum", range: { values } } : {};
  }
  if (depth > 2 || !/^\w{1,60}$/u.test(bare)) return {};
  const alias = new RegExp(String.raw`^${bare} = (Literal\[[^\]]{1,3000}\])`, "mu").exec(code)?.[1];
  return alias === undefined ? {} : typeOf(alias, code, depth + 1);
}

function literal(written: string | undefined, type: ValueType | undefined): string | undefined {
  const text = written?.trim();
  if (text === undefined || text === "None") return undefined;
  if (text === "True" || text === "False") return text === "True" ? "true" : "false";
  if (/^-?\d[\d_]*(?:\.\d+)?(?:e-?\d+)?$/u.test(text)) return text.replaceAll("_", "");
  const words = pythonText(text);
  return words === undefined || words === "" || words.length > 60 || type === "integer" ? undefined : words;
}

function typedArgument(argument: PythonArgument, fields: ReadonlyMap<string, PythonField>, owner: string, code: string): Fields {
  const { keywords } = argument;
  const action = pythonText(keywords.get("action") ?? "");
  const written = keywords.get("default");
  const field = new RegExp(String.raw`^${owner}\.(\w{1,80})$`, "u").exec(written ?? "")?.[1];
  const own = argument.names.find((name) => name.startsWith("--"))?.slice(2).replaceAll("-", "_") ?? "";
  const declared = fields.get(field ?? own);
  const values = [...(/^\[([^]{1,2000})\]$/u.exec(keywords.get("choices") ?? "")?.[1] ?? "").matchAll(/["']([^"'\n]{1,60})["']/gu)].map((match) => match[1] ?? "");
  const type: ValueType | undefined = action === "store_true" || action === "store_false" ? "boolean" : values.length > 0 ? "enum" : keywords.has("nargs") ? "list" : (typeOf(keywords.get("type") ?? "", code).type ?? (declared === undefined ? undefined : typeOf(declared.type, code).type));
  const stated = field === undefined ? (written ?? (action === "store_true" ? (declared?.value ?? "False") : undefined)) : declared?.value;
  const found = literal(stated, type);
  return { ...(type === undefined ? {} : { type }), ...(found === undefined ? {} : { default: found }), ...(values.length === 0 ? {} : { range: { values } }) };
}
