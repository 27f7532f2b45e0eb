import assert from "node:assert/strict";
import { distinctName, readAddress, sourceAddress } from "../../../extension/review/address";
import type { SourceRequest } from "../../../language-server/protocol/requests";

describe("the address of a patch made from git", () => {
  const requests: readonly SourceRequest[] = [
    { kind: "staged", folder: "/home/alice/linux 6.1" },
    { kind: "worktree", folder: "/home/李/linux" },
    { kind: "range", folder: "/srv/linux", range: "feature/x~3..HEAD" },
  ];

  it("tells worktrees of the same name apart by branch", () => {
    const all = [{ name: "linux", branch: "main" }, { name: "linux", branch: "next" }, { name: "dpdk", branch: "main" }, { name: "linux", branch: undefined }];
    assert.deepEqual(all.map((repository) => distinctName(repository, all)), ["linux (main)", "linux (next)", "dpdk", "linux"]);
  });

  it("brings the request back", () => {
    for (const request of requests) assert.deepEqual(readAddress(sourceAddress(request, "linux").query), request);
  });

  it("names the tab by repository and range and ends in .diff", () => {
    assert.deepEqual(
      requests.map((request) => sourceAddress(request, "linux").path),
      ["/linux/staged.diff", "/linux/working-tree.diff", "/linux/feature-x~3..HEAD.diff"],
    );
  });

  it("reads nothing out of a query that is not ours", () => {
    for (const query of ["", "{", "null", "[]", '{"kind":"range","folder":"/a"}', '{"kind":"shell","folder":"/a"}', '{"kind":"staged","folder":1}']) {
      assert.equal(readAddress(query), undefined, query);
    }
  });
});
