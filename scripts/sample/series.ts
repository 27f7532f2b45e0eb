import { damaged } from "./damaged";
import { again, good, resent, stable } from "./mails";
import { messages } from "./messages";
import { queues } from "./queues";
import type { SampleSeries } from "./types";

/** Everything under `patches/`. */
export const seriesList: readonly SampleSeries[] = [
  { name: "queues", independent: true, cover: { subject: "keel: queues that can be resized", text: "Six steps towards queues that survive a reset." }, patches: queues },
  { name: "messages", independent: true, single: true, patches: messages },
  { name: "damaged", independent: true, single: true, patches: damaged },
  { name: "hangs", independent: true, version: 2, mbox: true, cover: { subject: "keel: find devices that hang", text: "A device that hangs is found and reset." }, arrange: (mails) => mails.filter((_mail, index) => index !== 2), expected: [{ check: "series-numbering", at: "[PATCH v2 0/3]" }], patches: resent },
  { name: "again", version: 2, independent: true, single: true, patches: again },
  { name: "stable", start: "number", independent: true, single: true, patches: stable },
  { name: "good", independent: true, patches: good },
];
