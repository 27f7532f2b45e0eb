import { createHash } from "node:crypto";
import type { Hash } from "../engine/ports";

export const nodeHash: Hash = {
  sha256: (data) => createHash("sha256").update(data).digest("hex"),
  sha1: (data) => createHash("sha1").update(data).digest("hex"),
};
