import assert from "node:assert/strict";
import { capabilityTable } from "../../../extension/model/capabilityTable";

describe("the table of an endpoint's capabilities", () => {
  it("lines its columns up and keeps each row on one line", () => {
    const text = capabilityTable("local: m (http://127.0.0.1:8000/v1)", [
      { name: "stream", state: "yes", detail: "" },
      { name: "json_schema", state: "unknown", detail: "HTTP 400\nno grammar" },
    ]);
    assert.equal(text, "local: m (http://127.0.0.1:8000/v1)\n\nstream       yes\njson_schema  unknown  HTTP 400 no grammar\n");
  });

  it("is a heading when there are no rows", () => {
    assert.equal(capabilityTable("local", []), "local\n\n");
  });
});
