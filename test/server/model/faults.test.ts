import assert from "node:assert/strict";
import { createCancel, explainRequest, modelOn, outcomeOf } from "../../support/endpoint/client";
import { startProxy } from "../../support/endpoint/proxy";
import { startEndpoint } from "../../support/endpoint/server";
import { proxyFor } from "../../../language-server/adapters/model/dispatcher";
import { waitReally } from "../../../language-server/adapters/model/wait";
import { modelSettingsSchema } from "../../../language-server/protocol/model-settings";
import { printMatrix, record } from "./matrix";

describe("cancelling a model call", () => {
  after(printMatrix);
  const phases: readonly { readonly phase: string; readonly script: string; readonly on: "request" | "text" | "waiting" }[] = [
    { phase: "before the reply's header", script: "silent", on: "request" },
    { phase: "before the first token", script: "slow-first-token", on: "request" },
    { phase: "in the middle of the stream", script: "stall", on: "text" },
    { phase: "in an endless stream", script: "endless", on: "text" },
    { phase: "in the pause that Retry-After: 120 asks for", script: "retry-after-120", on: "waiting" },
  ];
  for (const { phase, script, on } of phases) {
    it(`${phase}, leaves nothing open`, async () => {
      const endpoint = await startEndpoint(script);
      try {
        const { model } = modelOn(endpoint.url, {}, { wait: waitReally });
        const cancel = createCancel();
        let pulledAt = 0;
        const pull = (): void => {
          pulledAt = performance.now();
          cancel.cancel();
        };
        const first = endpoint.nextRequest();
        const running = outcomeOf(model, explainRequest(), cancel, (event) => {
          if (event.type === on && !cancel.cancelled) pull();
        });
        await first;
        if (on === "request") pull();
        const outcome = await running;
        await endpoint.quiet();
        record("any", `cancel ${phase}`, `nothing open after ${Math.round(performance.now() - pulledAt)} ms`);
        assert.equal(outcome.end, "cancelled");
        assert.equal(endpoint.active(), 0);
        if (on === "waiting") assert.deepEqual(outcome.waits, [120_000]);
        assert.equal(endpoint.requests.length, 1);
      } finally {
        await endpoint.close();
      }
    });
  }

  it("before it begins, sends nothing", async () => {
    const endpoint = await startEndpoint("plain");
    try {
      const cancel = createCancel();
      cancel.cancel();
      const outcome = await outcomeOf(modelOn(endpoint.url).model, explainRequest(), cancel);
      assert.equal(outcome.end, "cancelled");
      assert.equal(endpoint.requests.length, 0);
    } finally {
      await endpoint.close();
    }
  });

  it("a reader that stops listening closes the connection", async () => {
    const endpoint = await startEndpoint("stall");
    try {
      for await (const event of modelOn(endpoint.url).model.stream(explainRequest(), createCancel())) if (event.type === "text") break;
      await endpoint.quiet();
      assert.equal(endpoint.active(), 0);
    } finally {
      await endpoint.close();
    }
  });
});

describe("a model call's way", () => {
  after(printMatrix);

  it("trusts a private authority only with its caFile", async () => {
    const endpoint = await startEndpoint("private-ca");
    try {
      const without = await outcomeOf(modelOn(endpoint.url).model, explainRequest());
      assert.equal(without.end, "error tls");
      const trusted = await outcomeOf(modelOn(endpoint.url, { caFile: endpoint.authority!.caFile }).model, explainRequest());
      assert.equal(trusted.end, "stop");
      record("any", "TLS with a private CA", "error tls; with caFile: answer");
    } finally {
      await endpoint.close();
    }
  });

  it("a caFile that can't be read is told as a TLS error", async () => {
    const outcome = await outcomeOf(modelOn("https://127.0.0.1:9/v1", { caFile: "/nowhere/ca.pem" }).model, explainRequest());
    assert.equal(outcome.end, "error tls");
    assert.match(String(outcome.error), /ca\.pem/);
  });

  it("goes directly to the hosts in NO_PROXY and http.noProxy, and to loopback, unless the endpoint names its proxy", () => {
    const ask = (target: string, own: string | undefined, env: Record<string, string>): string => {
      const settings = modelSettingsSchema.parse({ models: [{ id: "a", baseUrl: target, model: "m", ...(own === undefined ? {} : { proxy: own }) }], httpProxy: "http://proxy.example.org:3128", httpNoProxy: ["*.corp.example.com"] });
      return proxyFor(target, settings.models[0]!, settings, env) ?? "direct";
    };
    const env = { NO_PROXY: "llm.example.com, .lab.example.com:8000" };
    assert.equal(ask("http://model.example.org/v1", undefined, env), "http://proxy.example.org:3128");
    assert.equal(ask("http://llm.example.com/v1", undefined, env), "direct");
    assert.equal(ask("http://a.llm.example.com/v1", undefined, env), "direct");
    assert.equal(ask("http://notllm.example.com/v1", undefined, env), "http://proxy.example.org:3128");
    assert.equal(ask("http://gpu.lab.example.com:8000/v1", undefined, env), "direct");
    assert.equal(ask("http://gpu.lab.example.com:9000/v1", undefined, env), "http://proxy.example.org:3128");
    assert.equal(ask("https://x.corp.example.com/v1", undefined, {}), "direct");
    assert.equal(ask("http://127.0.0.1:8000/v1", undefined, {}), "direct");
    assert.equal(ask("http://llm.example.com/v1", "http://own.example.org:1", env), "http://own.example.org:1");
    assert.equal(ask("http://model.example.org/v1", "none", env), "direct");
    assert.equal(ask("http://model.example.org/v1", undefined, { NO_PROXY: "*" }), "direct");
  });

  it("goes through http.proxy for other hosts, and directly for loopback", async () => {
    const endpoint = await startEndpoint("plain");
    const proxy = await startProxy(endpoint.port);
    try {
      const through = await outcomeOf(modelOn("http://model.example.org/v1", {}, { httpProxy: proxy.url }).model, explainRequest());
      assert.equal(through.end, "stop");
      assert.match(proxy.hosts.join(" "), /model\.example\.org/);
      const before = proxy.hosts.length;
      const direct = await outcomeOf(modelOn(endpoint.url, {}, { httpProxy: proxy.url }).model, explainRequest());
      assert.equal(direct.end, "stop");
      assert.equal(proxy.hosts.length, before, "the proxy was not asked again");
      record("any", "http.proxy, NO_PROXY", "through the proxy; directly for NO_PROXY and loopback");
    } finally {
      await proxy.close();
      await endpoint.close();
    }
  });

  it("an endpoint's own proxy serves TLS with a private authority too", async () => {
    const endpoint = await startEndpoint("private-ca");
    const proxy = await startProxy(endpoint.port);
    try {
      const outcome = await outcomeOf(modelOn("https://model.example.org/v1", { proxy: proxy.url, caFile: endpoint.authority!.caFile }).model, explainRequest());
      assert.equal(outcome.end, "stop");
      assert.deepEqual(proxy.hosts, ["model.example.org:443"]);
    } finally {
      await proxy.close();
      await endpoint.close();
    }
  });

  it("nobody at the address is told, without trying again", async () => {
    const endpoint = await startEndpoint("plain");
    const { url } = endpoint;
    await endpoint.close();
    const test = modelOn(url);
    const outcome = await outcomeOf(test.model, explainRequest());
    assert.equal(outcome.end, "error unavailable");
    assert.match(String(outcome.error), /ECONNREFUSED/);
    assert.deepEqual(test.waits, []);
  });

  it("fullUrl replaces the path", async () => {
    const endpoint = await startEndpoint("plain");
    try {
      const outcome = await outcomeOf(modelOn("http://127.0.0.1:9/v1", { fullUrl: `http://127.0.0.1:${endpoint.port}/deploy/chat/completions?api-version=1` }).model, explainRequest());
      assert.equal(outcome.end, "stop");
      assert.equal(endpoint.requests[0]!.url, "/deploy/chat/completions?api-version=1");
    } finally {
      await endpoint.close();
    }
  });
});

describe("a model call's key", () => {
  it("comes from SecretStorage, then from KEELSON_API_KEY_<ID>, then from KEELSON_API_KEY; an empty one is none", async () => {
    const endpoint = await startEndpoint("plain");
    try {
      const env = { KEELSON_API_KEY_LOCAL: "named", KEELSON_API_KEY: "common" };
      await outcomeOf(modelOn(endpoint.url, {}, { keys: () => ({ local: "stored" }), env }).model, explainRequest());
      await outcomeOf(modelOn(endpoint.url, {}, { keys: () => ({ local: "" }), env }).model, explainRequest());
      await outcomeOf(modelOn(endpoint.url, {}, { env: { KEELSON_API_KEY: "common" } }).model, explainRequest());
      await outcomeOf(modelOn(endpoint.url, {}, { env: { KEELSON_API_KEY: "", OPENAI_API_KEY: "not-ours" } }).model, explainRequest());
      assert.deepEqual(
        endpoint.requests.map((request) => request.headers["authorization"]),
        ["Bearer stored", "Bearer named", "Bearer common", undefined],
      );
    } finally {
      await endpoint.close();
    }
  });

  it("goes into the header and behind the word that the settings name", async () => {
    const endpoint = await startEndpoint("plain");
    try {
      await outcomeOf(modelOn(endpoint.url, { keyHeader: "X-Api-Key", keyScheme: "" }, { keys: () => ({ local: "k-1" }) }).model, explainRequest());
      assert.equal(endpoint.requests[0]!.headers["x-api-key"], "k-1");
      assert.equal(endpoint.requests[0]!.headers["authorization"], undefined);
    } finally {
      await endpoint.close();
    }
  });

  it("that is wrong is told as such, a missing one as missing, and neither the error nor the log repeats it", async () => {
    const endpoint = await startEndpoint("401");
    try {
      const test = modelOn(endpoint.url, {}, { keys: () => ({ local: "wrong-key-1234" }) });
      const wrong = await outcomeOf(test.model, explainRequest());
      assert.equal(wrong.end, "error unauthorized");
      assert.doesNotMatch(String(wrong.error), /wrong-key/);
      assert.doesNotMatch(test.log.lines.join("\n"), /wrong-key/);
      assert.equal((await outcomeOf(modelOn(endpoint.url).model, explainRequest())).end, "error no-key");
      assert.equal((await outcomeOf(modelOn(endpoint.url, {}, { keys: () => ({ local: "right-key" }) }).model, explainRequest())).end, "stop");
      record("any", "401", "unauthorized, or no-key when none is set");
    } finally {
      await endpoint.close();
    }
  });

  it("in an address is not repeated by any error or log", async () => {
    const test = modelOn("http://alice:pass-word-1@127.0.0.1:9/v1", { proxy: "http://bob:pass-word-2@127.0.0.1:9" });
    const outcome = await outcomeOf(test.model, explainRequest());
    assert.match(outcome.end, /^error /);
    const preview = await test.model.preview(explainRequest());
    assert.doesNotMatch(JSON.stringify([String(outcome.error), test.log.lines, preview]), /pass-word/);
  });

  it("only our own headers are sent, whatever the library and the environment would add", async () => {
    const endpoint = await startEndpoint("plain");
    const before = process.env["OPENAI_CUSTOM_HEADERS"];
    process.env["OPENAI_CUSTOM_HEADERS"] = "X-Stray: 1";
    try {
      await outcomeOf(modelOn(endpoint.url, { headers: { "X-Team": "kernel" } }).model, explainRequest());
      const names = Object.keys(endpoint.requests[0]!.headers).filter((name) => !["host", "connection", "content-length", "accept-encoding", "accept-language", "sec-fetch-mode", "transfer-encoding"].includes(name));
      assert.deepEqual(names.sort(), ["accept", "content-type", "user-agent", "x-team"]);
    } finally {
      if (before === undefined) delete process.env["OPENAI_CUSTOM_HEADERS"];
      else process.env["OPENAI_CUSTOM_HEADERS"] = before;
      await endpoint.close();
    }
  });
});

describe("what would be sent", () => {
  it("is what is sent, but for the secrets in URL and headers", async () => {
    const endpoint = await startEndpoint("plain");
    try {
      const { model } = modelOn(endpoint.url, { headers: { "X-Team": "odd-secret", "X-Gateway-Token": "t-secret", "Accept-Language": "zh" } }, { keys: () => ({ local: "k-secret" }) });
      const preview = await model.preview(explainRequest());
      await outcomeOf(model, explainRequest());
      assert.deepEqual(JSON.parse(preview.body), JSON.parse(endpoint.requests[0]!.body));
      assert.equal(preview.headers["x-team"], "[redacted]");
      assert.equal(preview.headers["accept-language"], "zh");
      assert.equal(preview.headers["authorization"], "[redacted]");
      assert.equal(preview.headers["x-gateway-token"], "[redacted]");
      assert.doesNotMatch(JSON.stringify(preview), /k-secret|t-secret|odd-secret/);
    } finally {
      await endpoint.close();
    }
  });
});

describe("budgets", () => {
  const usual = { ...explainRequest(), budget: { patch: "p1", series: "s1" }, maxOutputTokens: 64 };
  for (const [name, budget] of [
    ["a patch", { perPatch: 250, perSeries: 0, perDay: 0 }],
    ["a series", { perPatch: 0, perSeries: 250, perDay: 0 }],
    ["a day", { perPatch: 0, perSeries: 0, perDay: 250 }],
  ] as const) {
    it(`for ${name} are kept: the call that would go over is not sent`, async () => {
      const endpoint = await startEndpoint("plain");
      try {
        const { model } = modelOn(endpoint.url, {}, { budget });
        assert.equal((await outcomeOf(model, usual)).end, "stop");
        const second = await outcomeOf(model, usual);
        assert.equal(second.end, "error budget");
        assert.match(String(second.error), /limit 250/);
        assert.equal(endpoint.requests.length, 1);
      } finally {
        await endpoint.close();
      }
    });
  }
});

describe("the capability probe", () => {
  async function table(script: string): Promise<Record<string, string>> {
    const endpoint = await startEndpoint(script);
    try {
      const rows = await modelOn(endpoint.url).model.probe(undefined, createCancel());
      return Object.fromEntries(rows.map((row) => [row.name, row.state]));
    } finally {
      await endpoint.close();
    }
  }

  it("of an endpoint that can do everything", async () => {
    assert.deepEqual(await table("plain"), { models: "yes", stream: "yes", usage: "yes", reasoning: "no", json_schema: "yes", json_object: "yes", prompt_json: "yes", tools: "yes", embeddings: "yes" });
  });

  it("of one without json_schema, tools and embeddings", async () => {
    assert.deepEqual(await table("vllm-no-json-schema"), { models: "yes", stream: "yes", usage: "yes", reasoning: "no", json_schema: "no", json_object: "yes", prompt_json: "yes", tools: "no", embeddings: "no" });
  });

  it("of one that reasons and whose tool calls have no index", async () => {
    assert.equal((await table("qwen-think"))["reasoning"], "yes");
    assert.equal((await table("tool-calls-no-index"))["tools"], "yes");
  });

  it("of one that refuses the key throws, since nothing can be asked", async () => {
    const endpoint = await startEndpoint("401");
    try {
      await assert.rejects(modelOn(endpoint.url).model.probe("local", createCancel()), { code: "no-key" });
      await assert.rejects(modelOn(endpoint.url).model.probe("unknown", createCancel()), { code: "not-configured" });
    } finally {
      await endpoint.close();
    }
  });
});
