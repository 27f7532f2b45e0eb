import { readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";
import type { EndpointSettings, Environment, ModelSettings } from "./settings";

type Fetch = typeof globalThis.fetch;

/** node's own fetch gives up on a silent server after this long; a longer patience needs a dispatcher of ours. */
const builtInPatienceMs = 290_000;

function matchesNoProxy(entry: string, host: string, port: string): boolean {
  const trimmed = entry.trim().toLowerCase();
  if (trimmed === "") return false;
  if (trimmed === "*") return true;
  const [, name = "", wantedPort] = /^(.*?)(?::(\d+))?$/u.exec(trimmed) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const suffix = name.replace(/^\*?\.?/u, "");
  return host === suffix || host.endsWith(`.${suffix}`);
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u;

/**
 * The proxy for a URL: the endpoint's own, else the editor's `http.proxy`, else `HTTPS_PROXY` or `HTTP_PROXY`. `NO_PROXY`,
 * `http.noProxy` and loopback go direct, unless the endpoint names its proxy itself. Undefined: direct.
 */
export function proxyFor(target: string, endpoint: EndpointSettings, settings: ModelSettings, env: Environment): string | undefined {
  if (endpoint.proxy === "none") return undefined;
  if (endpoint.proxy !== undefined && endpoint.proxy !== "") return endpoint.proxy;
  const url = new URL(target);
  const host = url.hostname.toLowerCase();
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  const common = settings.httpProxy ?? (url.protocol === "https:" ? (env["HTTPS_PROXY"] ?? env["https_proxy"]) : (env["HTTP_PROXY"] ?? env["http_proxy"]));
  if (common === undefined || common === "" || loopback.test(host)) return undefined;
  const exceptions = [...settings.httpNoProxy, ...(env["NO_PROXY"] ?? env["no_proxy"] ?? "").split(",")];
  return exceptions.some((entry) => matchesNoProxy(entry, host, port)) ? undefined : common;
}

/** How to reach an endpoint. `close` lets its connections go. */
export interface Route {
  readonly fetch: Fetch;
  readonly dispatcher: object | undefined;
  close(): Promise<void>;
}

const direct: Route = { fetch: globalThis.fetch, dispatcher: undefined, close: () => Promise.resolve() };

/** Built-in fetch where it will do; undici, loaded then and not before, for a private CA, a proxy or a long patience. */
export async function openRoute(target: string, endpoint: EndpointSettings, settings: ModelSettings, env: Environment): Promise<Route> {
  const proxy = proxyFor(target, endpoint, settings, env);
  if (endpoint.caFile === undefined && proxy === undefined && endpoint.timeoutMs <= builtInPatienceMs) return direct;
  const ca = endpoint.caFile === undefined ? undefined : [...rootCertificates, await readFile(endpoint.caFile, "utf8")];
  const { Agent, ProxyAgent, fetch } = await import("undici");
  const patience = { headersTimeout: 0, bodyTimeout: 0, connectTimeout: endpoint.timeoutMs };
  const tls = ca === undefined ? {} : { ca };
  const dispatcher = proxy === undefined ? new Agent({ ...patience, connect: tls }) : new ProxyAgent({ ...patience, uri: proxy, requestTls: tls, proxyTls: tls });
  // undici's fetch takes its own dispatcher only; its types and the built-in ones differ in names alone.
  return { fetch: fetch as unknown as Fetch, dispatcher, close: () => dispatcher.destroy() };
}
