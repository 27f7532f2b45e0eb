import { randomBytes } from "node:crypto";
import type { Clock, Random } from "../engine/ports";

export const nodeClock: Clock = { now: () => Date.now() };

export const nodeRandom: Random = { hex: (bytes) => randomBytes(bytes).toString("hex") };
