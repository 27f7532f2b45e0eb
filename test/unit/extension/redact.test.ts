import assert from "node:assert/strict";
import { createRedactor } from "../../../extension/redact";

function redact(text: string, ...secrets: readonly string[]): string {
  const redactor = createRedactor();
  redactor.learn(secrets);
  return redactor.redact(text);
}

describe("redaction of logs and traces", () => {
  it("takes a learnt key out wherever it stands", () => {
    assert.equal(redact("POST /v1 with k3y-of-alice and k3y-of-alice", "k3y-of-alice"), "POST /v1 with <redacted> and <redacted>");
  });

  it("takes a learnt key out in the form that JSON and URLs give it", () => {
    assert.equal(redact(JSON.stringify({ note: 'a"b\\c d' }), 'a"b\\c d'), '{"note":"<redacted>"}');
    assert.equal(redact("?token=a%2Fb%20c", "a/b c"), "?token=<redacted>");
  });

  it("takes the longer of two keys out whole", () => {
    assert.equal(redact("abcd-efgh", "abcd", "abcd-efgh"), "<redacted>");
  });

  it("keeps what was learnt when more is learnt", () => {
    const redactor = createRedactor();
    redactor.learn(["first-key"]);
    redactor.learn(["second-key"]);
    assert.equal(redactor.redact("first-key second-key"), "<redacted> <redacted>");
  });

  it("empties the request that hands keys over, whatever their values", () => {
    assert.equal(redact('Params: {\n    "keys": {\n        "local": "x"\n    }\n}'), 'Params: {\n    "keys": "<redacted>"\n}');
  });

  it("knows secrets by their place", () => {
    assert.equal(redact("Authorization: Bearer abcdef123456"), "Authorization: <redacted>");
    assert.equal(redact('{"authorization":"Bearer abcdef123456"}'), '{"authorization":"<redacted>"}');
    assert.equal(redact('{"X-Api-Key": "abc"}'), '{"X-Api-Key": "<redacted>"}');
    assert.equal(redact("KEELSON_API_KEY_LOCAL=abc next"), "KEELSON_API_KEY_LOCAL=<redacted> next");
    assert.equal(redact("http://alice:secret@proxy.example.com:3128/"), "http://alice:<redacted>@proxy.example.com:3128/");
  });

  it("leaves other text as it is", () => {
    const text = "keys are set by a command; the token budget is 4096; https://example.com/a@b";
    assert.equal(redact(text, "abc"), text);
  });
});
