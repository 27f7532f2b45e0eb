import assert from "node:assert/strict";
import { createSubsystems } from "../../../../language-server/lsp/upstream/subsystems";

const text = `MICROSOFT MANA
M:	Alice Example <alice@example.com>
F:	drivers/net/ethernet/microsoft/
X:	drivers/net/ethernet/microsoft/old/

NETWORKING
F:	drivers/net/
F:	net/

MAKEFILES
F:	Makefile
F:	*/Makefile

TRACE
N:	trace

THE REST
F:	*
F:	*/
`;

describe("subsystems of paths", () => {
  const subsystems = createSubsystems(text);
  const of = (path: string): Promise<readonly string[]> => subsystems.of(path);

  it("are the sections of MAINTAINERS, the nearest first, without the one for everything", async () => {
    assert.deepEqual(await of("drivers/net/ethernet/microsoft/mana.c"), ["MICROSOFT MANA", "NETWORKING"]);
    assert.deepEqual(await of("drivers/net/ethernet/microsoft/old/mana.c"), ["NETWORKING"]);
    assert.deepEqual(await of("drivers/netfilter/x.c"), []);
    assert.deepEqual(await of("kernel/trace/ring.c"), ["TRACE"]);
    assert.deepEqual(await of("Makefile"), ["MAKEFILES"]);
    assert.deepEqual(await of("README"), []);
  });

  it("are not known without a MAINTAINERS", async () => {
    const none = createSubsystems("");
    assert.equal(none.known, false);
    assert.deepEqual(await none.of("net/a.c"), []);
    assert.equal(subsystems.known, true);
  });
});
