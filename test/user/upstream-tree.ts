import { createRepository, type TestRepository } from "../support/repository";

const signed = "Signed-off-by: Alice Example <alice@example.com>";

/** A driver with some functions, so that hunks have sections and context of their own. */
function driver(parts: { readonly open?: string; readonly drain?: string; readonly stop?: string } = {}): string {
  const { open = "\tring->head = 0;", drain = "\tkeel_pop(ring);", stop = "\tkeel_mask(ring);" } = parts;
  const filler = (name: string): string => `static int keel_${name}(struct keel_ring *ring)\n{\n\tif (!ring->size)\n\t\treturn -EINVAL;\n\tring->${name}++;\n\treturn 0;\n}\n`;
  const shown = (name: string, body: string): string => `int keel_${name}(struct keel_ring *ring)\n{\n\tlockdep_assert_held(&ring->lock);\n${body}\n\treturn keel_count(ring);\n}\n`;
  return ["#include <linux/keel.h>\n", filler("count"), shown("open", open), filler("seen"), filler("lost"), shown("drain", drain), filler("late"), filler("early"), shown("stop", stop)].join("\n");
}

const maintainers = "Maintainers List\n----------------\n\nKEEL DRIVER\nM:\tAlice Example <alice@example.com>\nS:\tMaintained\nF:\tdrivers/keel/\n\nKEELFS\nM:\tBob Sample <bob@example.org>\nS:\tMaintained\nF:\tfs/keelfs/\n";

/** Mainline on `main`; on `keel-6.1.y` one commit as it is, one adapted, one in part and one of its own. A fix is missing. */
export function makeUpstreamTree(parent: string, name: string): TestRepository {
  const repository = createRepository(name, parent);
  const inode = (check: string): string => `int keelfs_iget(struct inode *inode)\n{\n${check}\n\treturn 0;\n}\n`;
  const plain = inode("\tif (!inode)\n\t\treturn -EINVAL;");
  repository.commit("base", { "drivers/keel/ring.c": driver(), "fs/keelfs/inode.c": plain, MAINTAINERS: maintainers });
  repository.git("branch", "keel-6.1.y");
  const open = { open: "\tring->head = 0;\n\tring->tail = 0;" };
  const same = repository.commit("keel: clear both indices when a ring is opened", { "drivers/keel/ring.c": driver(open) });
  const drain = { ...open, drain: "\twhile (keel_pop(ring))\n\t\tcond_resched();", stop: "\tkeel_mask(ring);\n\tkeel_flush(ring, KEEL_WAIT);" };
  const adapted = repository.commit("keel: drain the ring before it is stopped", { "drivers/keel/ring.c": driver(drain) });
  const both = { "fs/keelfs/inode.c": inode("\tif (!inode || !inode->i_blocks)\n\t\treturn -EUCLEAN;"), "fs/keelfs/super.c": "int keelfs_fill(struct super_block *sb)\n{\n\treturn sb->s_blocks ? 0 : -EUCLEAN;\n}\n" };
  const partial = repository.commit("keelfs: refuse an inode without a block", both);
  repository.commit("keel: give up draining a ring that is gone", { "drivers/keel/ring.c": driver({ ...drain, drain: "\twhile (!ring->gone && keel_pop(ring))\n\t\tcond_resched();" }) }, `A device that was pulled never empties its ring.\n\nFixes: ${adapted.slice(0, 12)} ("keel: drain the ring before it is stopped")\nCc: stable@vger.kernel.org\n${signed}`);
  repository.git("checkout", "-q", "keel-6.1.y");
  const carried = (sha: string): string => `commit ${sha} upstream.\n\n${signed}`;
  repository.commit("keel: clear both indices when a ring is opened", { "drivers/keel/ring.c": driver(open) }, carried(same));
  repository.commit("keel: drain the ring before it is stopped", { "drivers/keel/ring.c": driver({ ...drain, stop: "\tkeel_mask(ring);\n\tkeel_flush(ring);" }) }, `commit ${adapted} upstream.\n\n[bob: keel_flush() takes no flags in 6.1]\n${signed}`);
  repository.commit("keelfs: refuse an inode without a block", { "fs/keelfs/inode.c": both["fs/keelfs/inode.c"] }, carried(partial));
  repository.commit("keel-6.1: name the tree", { "localversion-keel": "-keel\n" });
  return repository;
}
