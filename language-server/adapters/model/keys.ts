import type { EndpointSettings, Environment } from "./settings";

/**
 * The key of an endpoint: the one kept in SecretStorage, else `KEELSON_API_KEY_<ID>` (upper case, other characters as `_`),
 * else `KEELSON_API_KEY`. Undefined when there is none: many endpoints inside an organisation ask for none.
 */
export function keyOf(id: string, keys: Readonly<Record<string, string>>, env: Environment): string | undefined {
  const own = keys[id];
  if (own !== undefined && own !== "") return own;
  const named = env[`KEELSON_API_KEY_${id.toUpperCase().replace(/[^A-Z0-9]/gu, "_")}`];
  if (named !== undefined && named !== "") return named;
  const common = env["KEELSON_API_KEY"];
  return common === undefined || common === "" ? undefined : common;
}

/** Every header of a request. No other header is sent, so that what is shown is what goes out. */
export function requestHeaders(endpoint: EndpointSettings, key: string | undefined): Record<string, string> {
  const headers: Record<string, string> = { accept: "text/event-stream, application/json", "content-type": "application/json", "user-agent": "keelson" };
  for (const [name, value] of Object.entries(endpoint.headers)) headers[name.toLowerCase()] = value;
  if (key !== undefined) headers[endpoint.keyHeader.toLowerCase()] = endpoint.keyScheme === "" ? key : `${endpoint.keyScheme} ${key}`;
  return headers;
}
