import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { commandIds } from "../../extension/commands";
import { panelKinds } from "../../extension/panels/kinds";
import { checks } from "../../language-server/engine/review/registry";
import { modelBudgetSchema, modelEndpointSchema, modelRolesSchema } from "../../language-server/protocol/model-settings";
import { settingsSchema } from "../../language-server/protocol/settings";

const root = join(import.meta.dirname, "../..");

interface SettingSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly scope?: string;
  readonly enum?: readonly string[];
  readonly items?: SettingSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: SettingSchema | false;
}

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: { readonly supported: unknown; readonly description: string };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, SettingSchema>> }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string }; readonly completionEvents: readonly string[] }[] }[];
  };
}

function text(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function json(path: string): unknown {
  return JSON.parse(text(path));
}

const manifest = json("package.json") as Manifest;
const { contributes } = manifest;
const settings: Readonly<Record<string, SettingSchema>> = Object.assign({}, ...contributes.configuration.map(({ properties }) => properties)) as Record<string, SettingSchema>;

/** Files below a folder, as paths from the repository's root. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

describe("the manifest's activation", () => {
  it("is by language, command or view, or by a document or panel of Keelson's own that a reload brings back", () => {
    for (const event of manifest.activationEvents) assert.match(event, /^(?:onLanguage:(?:diff|mbox|plaintext|properties|ini|yaml|dockercompose|shellscript)|onCommand:keelson\..+|onView:keelson\..+|onWebviewPanel:keelson\..+|onFileSystem:keelson-.+)$/);
    assert.ok(manifest.activationEvents.includes("onLanguage:diff"));
    assert.ok(manifest.activationEvents.includes("onLanguage:mbox"));
  });

  it("brings every kind of panel back after a reload", () => {
    assert.deepEqual(manifest.activationEvents.filter((event) => event.startsWith("onWebviewPanel:")), panelKinds.map(({ name }) => `onWebviewPanel:keelson.${name}`));
  });

  it("runs beside the files, in VS Code 1.100 and later", () => {
    assert.deepEqual(manifest.extensionKind, ["workspace"]);
    assert.equal(manifest.engines["vscode"], "^1.100.0");
    assert.equal(manifest.main, "./dist/extension.js");
  });
});

describe("the manifest's commands", () => {
  it("are those that the extension registers", () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
  });

  it("are all titled Keelson in the palette", () => {
    for (const { command, category } of contributes.commands) assert.equal(category, "Keelson", command);
  });

  it("do not run git, and write to no machine, in an untrusted workspace", () => {
    const guarded = contributes.commands.filter(({ enablement }) => enablement === "isWorkspaceTrusted").map(({ command }) => command);
    const comparing = commandIds.filter((id) => id.startsWith("keelson.upstream."));
    assert.deepEqual(guarded.sort(), ["keelson.review.applyToWorktree", "keelson.review.range", "keelson.review.refresh", "keelson.review.staged", "keelson.review.workingTree", "keelson.tuning.rollback", ...comparing].sort());
  });

  it("are the only ones in menus and keybindings, and each keybinding says when", () => {
    const known = new Set<string>(commandIds);
    for (const item of Object.values(contributes.menus).flat()) if (item.command !== undefined) assert.ok(known.has(item.command), item.command);
    for (const { command, when } of contributes.keybindings) {
      assert.ok(known.has(command), command);
      assert.match(when ?? "", /editorLangId|focusedView/);
    }
  });
});

describe("the manifest's settings", () => {
  const scoped = (scope: string): readonly string[] => Object.entries(settings).filter(([, schema]) => schema.scope === scope).map(([key]) => key);

  it("have the keys and defaults that the server reads", () => {
    const leaves = (prefix: string, value: unknown): readonly (readonly [string, unknown])[] => {
      const declared = settings[prefix];
      if (declared !== undefined || typeof value !== "object" || value === null) return [[prefix, value]];
      return Object.entries(value).flatMap(([key, member]) => leaves(`${prefix}.${key}`, member));
    };
    const expected = new Map(leaves("keelson", settingsSchema.parse({})));
    for (const [key, value] of [["keelson.models", []], ["keelson.model.roles", {}], ["keelson.model.budget", modelBudgetSchema.parse({})]] as const) expected.set(key, value);
    assert.deepEqual(Object.keys(settings).sort(), [...expected.keys()].sort());
    for (const [key, value] of expected) assert.deepEqual(settings[key]?.default, value, key);
  });

  it("describe an endpoint, the roles and the budget as the server's schema does", () => {
    const members = (schema: SettingSchema | undefined): readonly string[] => Object.keys(schema?.properties ?? {}).sort();
    assert.deepEqual(members(settings["keelson.models"]?.items), Object.keys(modelEndpointSchema.shape).sort());
    assert.deepEqual(members(settings["keelson.model.roles"]), Object.keys(modelRolesSchema.shape).sort());
    assert.deepEqual(members(settings["keelson.model.budget"]), Object.keys(modelBudgetSchema.shape).sort());
    const parsed = modelEndpointSchema.parse({ id: "a", baseUrl: "http://127.0.0.1:8000/v1", model: "m" }) as Readonly<Record<string, unknown>>;
    for (const [key, schema] of Object.entries(settings["keelson.models"]?.items?.properties ?? {})) {
      if (schema.default !== undefined) assert.deepEqual(schema.default, parsed[key], key);
    }
  });

  it("list exactly the registered checks (npm run list-checks)", () => {
    const ids = checks.map(({ id }) => id).sort();
    assert.deepEqual(Object.keys(settings["keelson.review.checks"]?.properties ?? {}), ids);
    const byPath = settings["keelson.review.checksByPath"]?.additionalProperties;
    assert.deepEqual(byPath === false ? [] : Object.keys(byPath?.properties ?? {}), ids);
  });

  it("that name endpoints, keys, programs or proxies are the machine's and restricted", () => {
    assert.deepEqual([...scoped("machine")].sort(), ["keelson.git.path", "keelson.knowledge.store", "keelson.model.budget", "keelson.model.roles", "keelson.models"]);
    for (const key of scoped("machine")) assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(key), key);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, "limited");
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, false);
    assert.notEqual(manifest.capabilities.virtualWorkspaces.description, "");
  });

  it("that are restricted exist", () => {
    for (const key of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) assert.ok(key in settings, key);
  });

  it("that the extension reads itself exist", () => {
    const read = filesBelow("extension")
      .filter((path) => path.endsWith(".ts"))
      .flatMap((path) => [...text(path).matchAll(/getConfiguration\("keelson"\)\.get<[^>]+>\("([^"]+)"\)/g)].map((match) => `keelson.${match[1] ?? ""}`));
    assert.ok(read.length > 0);
    for (const key of read) assert.ok(key in settings, key);
  });
});

describe("both languages", () => {
  const english = json("package.nls.json") as Readonly<Record<string, string>>;
  const chinese = json("package.nls.zh-cn.json") as Readonly<Record<string, string>>;

  it("have every key of the manifest, and no other", () => {
    const used = [...new Set([...text("package.json").matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? ""))].sort();
    assert.deepEqual(Object.keys(english).sort(), used);
    assert.deepEqual(Object.keys(chinese).sort(), used);
  });

  it("link to the same commands", () => {
    const links = (sentence: string | undefined): readonly string[] => [...(sentence ?? "").matchAll(/\(command:([^)]+)\)/g)].map((match) => match[1] ?? "");
    for (const key of Object.keys(english)) {
      assert.deepEqual(links(chinese[key]), links(english[key]), key);
      for (const command of links(english[key])) if (command.startsWith("keelson.")) assert.ok((commandIds as readonly string[]).includes(command), command);
    }
  });

  it("have every sentence of the extension, and no other", () => {
    const said = [...new Set(filesBelow("extension").filter((path) => path.endsWith(".ts")).flatMap(sentencesOf))].sort();
    assert.ok(said.length > 40);
    for (const bundle of ["l10n/bundle.l10n.json", "l10n/bundle.l10n.zh-cn.json"]) assert.deepEqual(Object.keys(json(bundle) as object).sort(), said, bundle);
  });

  it("keep the placeholders of each sentence", () => {
    const holes = (sentence: string): readonly string[] => [...sentence.matchAll(/\{\d\}/g)].map(([hole]) => hole).sort();
    for (const [sentence, translated] of Object.entries(json("l10n/bundle.l10n.zh-cn.json") as Record<string, string>)) assert.deepEqual(holes(translated), holes(sentence), sentence);
  });

  it("have each page of the walkthrough, with pictures of the same names", () => {
    const pictures = (page: string): readonly string[] => [...text(page).matchAll(/\]\(([^)]+\.png)\)/g)].map((match) => match[1] ?? "");
    for (const { steps } of contributes.walkthroughs) {
      for (const { media, completionEvents } of steps) {
        const translated = media.markdown.replace(/\.md$/, ".nls.zh-cn.md");
        assert.deepEqual(pictures(translated), pictures(media.markdown));
        for (const picture of pictures(media.markdown)) assert.ok(existsSync(join(root, "media/walkthrough", picture)), picture);
        for (const event of completionEvents) assert.ok((commandIds as readonly string[]).includes(event.replace("onCommand:", "")), event);
      }
    }
  });
});

/** First arguments of vscode.l10n.t in a source file; one that is no plain string could never be translated. */
function sentencesOf(path: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "vscode.l10n.t") {
      const [sentence] = node.arguments;
      assert.ok(sentence !== undefined && ts.isStringLiteralLike(sentence), `${path}: ${node.getText()}`);
      found.push(sentence.text);
    }
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(path, text(path), ts.ScriptTarget.Latest, true));
  return found;
}

describe("colours", () => {
  it("replace the navy on black that VS Code's dark high contrast gives the headers of a diff", () => {
    const { contributes } = JSON.parse(text("package.json")) as { contributes: { configurationDefaults: Readonly<Record<string, Readonly<Record<string, { textMateRules: readonly { scope: readonly string[] }[] }>>>> } };
    const rules = contributes.configurationDefaults["editor.tokenColorCustomizations"]?.["[Default High Contrast]"]?.textMateRules ?? [];
    assert.ok(rules.some(({ scope }) => scope.includes("meta.diff.header")));
  });
});

describe("the package", () => {
  const lines = text(".vscodeignore").split("\n").filter((line) => line !== "" && !line.startsWith("#"));

  it("is an allow-list", () => {
    assert.equal(lines[0], "**");
    for (const line of lines.slice(1)) assert.match(line, /^!/);
  });

  it("holds no source, test, map or fixture", () => {
    for (const line of lines.slice(1)) assert.doesNotMatch(line, /\.ts|\.map|test|fixtures|language-server|extension\/|webview\/|\*\*/);
  });

  it("holds what the manifest names", () => {
    for (const needed of ["package.json", "package.nls.json", "package.nls.zh-cn.json", "dist/extension.js", "dist/client.js", "dist/handlers.js", manifest.icon, "LICENSE", "README.md", "CHANGELOG.md"]) assert.ok(lines.includes(`!${needed}`), needed);
  });
});
