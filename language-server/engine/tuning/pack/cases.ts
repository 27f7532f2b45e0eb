import { atuneCases } from "./cases/atune-profiles";
import { documentCases } from "./cases/documents";
import { measuredCases } from "./cases/measurements";
import { tunedCases } from "./cases/tuned-profiles";
import type { TuningCase } from "./types";

export const packCases: readonly TuningCase[] = [...measuredCases, ...documentCases, ...tunedCases, ...atuneCases];
