/** The sample's files before any commit of its history, by path. C is indented with tabs, as in the kernel. */
export const tree: Readonly<Record<string, string>> = {
  MAINTAINERS: `List of maintainers
===================

Descriptions of section entries and preferred order
---------------------------------------------------

	M: *Mail* patches to: FullName <address@domain>
	R: Designated *Reviewer*: FullName <address@domain>
	L: *Mailing list* that is relevant to this area
	S: *Status*, one of the following:
	F: *Files* and directories wildcard patterns.

Maintainers List
----------------

KEEL DEVICE DRIVER
M:	Alice Example <alice@example.com>
R:	李示例 <li@example.com>
L:	keel-devel@lists.example.org
S:	Supported
F:	Documentation/driver-api/keel.rst
F:	drivers/keel/
F:	include/linux/keel.h
F:	include/uapi/linux/keel.h

KEELFS FILE SYSTEM
M:	Bob Sample <bob@example.org>
L:	keelfs@lists.example.org
S:	Maintained
F:	fs/keelfs/

THE REST
M:	Chen Example <chen@example.org>
L:	linux-sample@lists.example.org
S:	Buried alive in reporters
F:	*
F:	*/
`,
  Kbuild: `# SPDX-License-Identifier: GPL-2.0
obj-y += drivers/keel/
obj-y += fs/keelfs/
`,
  Kconfig: `# SPDX-License-Identifier: GPL-2.0
mainmenu "Sample kernel configuration"

source "drivers/keel/Kconfig"
source "fs/keelfs/Kconfig"
`,
  "Documentation/driver-api/keel.rst": `.. SPDX-License-Identifier: GPL-2.0

===========
Keel device
===========

A keel device moves frames between a host ring and a ship's bus. The driver keeps
one ring for each queue, and one doorbell for all of them.

Rings
=====

A ring has a power of two of descriptors. Its head is written by the driver, its
tail by the device.
`,
  "drivers/keel/Kconfig": `# SPDX-License-Identifier: GPL-2.0
config KEEL
	tristate "Keel device support"
	depends on HAS_IOMEM
	help
	  Support for keel devices. A keel device moves frames between a
	  host ring and a ship's bus.

	  If unsure, say N.
`,
  "drivers/keel/Makefile": `# SPDX-License-Identifier: GPL-2.0
obj-$(CONFIG_KEEL) += keel.o
keel-y := core.o ring.o
`,
  "drivers/keel/core.c": `// SPDX-License-Identifier: GPL-2.0
/*
 * Keel device: probing and the life of a device.
 */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/keel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "keel.h"

static int keel_map(struct keel_device *keel, struct platform_device *pdev)
{
	keel->base = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(keel->base))
		return PTR_ERR(keel->base);

	return 0;
}

static int keel_probe(struct platform_device *pdev)
{
	struct keel_device *keel;
	int ret;

	keel = devm_kzalloc(&pdev->dev, sizeof(*keel), GFP_KERNEL);
	if (!keel)
		return -ENOMEM;

	spin_lock_init(&keel->lock);
	ret = keel_map(keel, pdev);
	if (ret)
		return ret;

	ret = keel_ring_create(&keel->ring, KEEL_RING_DEFAULT);
	if (ret)
		return ret;

	platform_set_drvdata(pdev, keel);
	return 0;
}

static void keel_remove(struct platform_device *pdev)
{
	struct keel_device *keel = platform_get_drvdata(pdev);

	keel_ring_destroy(&keel->ring);
}

/**
 * keel_frames - frames moved since the device was probed
 * @keel: the device
 *
 * Return: the number of frames.
 */
u64 keel_frames(struct keel_device *keel)
{
	return READ_ONCE(keel->frames);
}
EXPORT_SYMBOL_GPL(keel_frames);

static struct platform_driver keel_driver = {
	.probe = keel_probe,
	.remove = keel_remove,
	.driver = {
		.name = "keel",
	},
};
module_platform_driver(keel_driver);

MODULE_DESCRIPTION("Keel device driver");
MODULE_LICENSE("GPL");
`,
  "drivers/keel/keel.h": `/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KEEL_INTERNAL_H
#define KEEL_INTERNAL_H

#include <linux/spinlock.h>
#include <linux/types.h>

#define KEEL_RING_DEFAULT	256

struct keel_ring {
	u64 *slots;
	unsigned int size;
	unsigned int head;
	unsigned int tail;
};

struct keel_device {
	void __iomem *base;
	spinlock_t lock;
	struct keel_ring ring;
	u64 frames;
};

int keel_ring_create(struct keel_ring *ring, unsigned int size);
void keel_ring_destroy(struct keel_ring *ring);
int keel_ring_push(struct keel_device *keel, u64 frame);
int keel_ring_pop(struct keel_device *keel, u64 *frame);

#endif
`,
  "drivers/keel/ring.c": `// SPDX-License-Identifier: GPL-2.0
/*
 * Keel device: descriptor rings.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/log2.h>
#include <linux/slab.h>

#include "keel.h"

int keel_ring_create(struct keel_ring *ring, unsigned int size)
{
	if (!is_power_of_2(size))
		return -EINVAL;

	ring->slots = kcalloc(size, sizeof(*ring->slots), GFP_KERNEL);
	if (!ring->slots)
		return -ENOMEM;

	ring->size = size;
	return 0;
}

void keel_ring_destroy(struct keel_ring *ring)
{
	kfree(ring->slots);
	ring->slots = NULL;
}

int keel_ring_push(struct keel_device *keel, u64 frame)
{
	struct keel_ring *ring = &keel->ring;
	unsigned long flags;

	spin_lock_irqsave(&keel->lock, flags);
	if (ring->head - ring->tail == ring->size) {
		spin_unlock_irqrestore(&keel->lock, flags);
		return -ENOSPC;
	}
	ring->slots[ring->head++ & (ring->size - 1)] = frame;
	keel->frames++;
	spin_unlock_irqrestore(&keel->lock, flags);

	return 0;
}

int keel_ring_pop(struct keel_device *keel, u64 *frame)
{
	struct keel_ring *ring = &keel->ring;
	unsigned long flags;
	int ret = -EAGAIN;

	spin_lock_irqsave(&keel->lock, flags);
	if (ring->head != ring->tail) {
		*frame = ring->slots[ring->tail++ & (ring->size - 1)];
		ret = 0;
	}
	spin_unlock_irqrestore(&keel->lock, flags);

	return ret;
}
`,
  "fs/keelfs/Kconfig": `# SPDX-License-Identifier: GPL-2.0
config KEELFS
	tristate "Keelfs file system support"
	depends on BLOCK
	help
	  A small file system for the logs of keel devices.

	  If unsure, say N.
`,
  "fs/keelfs/Makefile": `# SPDX-License-Identifier: GPL-2.0
obj-$(CONFIG_KEELFS) += keelfs.o
keelfs-y := inode.o super.o
`,
  "fs/keelfs/keelfs.h": `/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KEELFS_H
#define KEELFS_H

#include <linux/fs.h>

struct keelfs_inode {
	u64 block;
	u32 blocks;
	u32 flags;
};

struct keelfs_inode *keelfs_iget(struct super_block *sb, unsigned long number);
void keelfs_iput(struct keelfs_inode *inode);

#endif
`,
  "fs/keelfs/inode.c": `// SPDX-License-Identifier: GPL-2.0
/*
 * Keelfs: inodes.
 */
#include <linux/buffer_head.h>
#include <linux/err.h>
#include <linux/slab.h>

#include "keelfs.h"

struct keelfs_inode *keelfs_iget(struct super_block *sb, unsigned long number)
{
	struct keelfs_inode *inode;
	struct buffer_head *bh;

	inode = kzalloc(sizeof(*inode), GFP_KERNEL);
	if (!inode)
		return ERR_PTR(-ENOMEM);

	bh = sb_bread(sb, number);
	if (!bh) {
		kfree(inode);
		return ERR_PTR(-EIO);
	}

	memcpy(inode, bh->b_data, sizeof(*inode));
	brelse(bh);
	return inode;
}

void keelfs_iput(struct keelfs_inode *inode)
{
	kfree(inode);
}
`,
  "fs/keelfs/super.c": `// SPDX-License-Identifier: GPL-2.0
/*
 * Keelfs: mounting.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>

#include "keelfs.h"

static int keelfs_check(const struct keelfs_inode *root)
{
	if (!root->blocks)
		return -EINVAL;

	return 0;
}

int keelfs_fill_super(struct super_block *sb)
{
	struct keelfs_inode *root = keelfs_iget(sb, 1);
	int ret;

	if (IS_ERR(root))
		return PTR_ERR(root);

	ret = keelfs_check(root);
	keelfs_iput(root);
	return ret;
}

MODULE_DESCRIPTION("Keelfs");
MODULE_LICENSE("GPL");
`,
  "include/linux/keel.h": `/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LINUX_KEEL_H
#define _LINUX_KEEL_H

#include <linux/types.h>

struct keel_device;

u64 keel_frames(struct keel_device *keel);

#endif
`,
  "include/uapi/linux/keel.h": `/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
#ifndef _UAPI_LINUX_KEEL_H
#define _UAPI_LINUX_KEEL_H

#include <linux/types.h>

struct keel_stats {
	__u64 frames;
	__u64 errors;
};

#endif
`,
};
