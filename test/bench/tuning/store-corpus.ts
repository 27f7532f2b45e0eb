import type { VectorModel } from "../../../language-server/engine/tuning/store/types";
import type { ParameterKind, ParameterRecord } from "../../../language-server/engine/tuning/types";

export const benchModel: VectorModel = { name: "bench", dimension: 384 };

/** A vector of any direction. */
export function benchVector(draw: () => number): readonly number[] {
  return Array.from({ length: benchModel.dimension }, () => draw() + draw() + draw() - 1.5);
}

const words = ("memory buffer queue timeout limit cache page socket device driver size number packets kernel scheduler latency interval interrupt thread worker balance node disk request write read flush sync dirty " +
  "receive send window retry maximum minimum default enable disable debug trace power clock frequency voltage channel port address length offset mask mode policy weight share quota period burst").split(" ");

/** Records in the manner of a kernel's: names of parts, sentences of words of which few are frequent. */
export function madeRecords(count: number, draw: () => number): readonly ParameterRecord[] {
  const word = (): string => words[Math.floor(words.length * draw() ** 2)] ?? "memory";
  const kinds: readonly ParameterKind[] = ["kconfig", "kconfig", "module-parameter", "sysfs", "sysctl"];
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length] ?? "sysctl";
    const description = Array.from({ length: 8 + Math.floor(60 * draw() ** 3) }, word).join(" ");
    return { name: `made.${word()}_${word()}_${i}`, component: "kernel", kind, description: `${description} of part ${i % 977}.`, confidence: 0.5, source: { title: "Made", file: "made.rst", line: i + 1 } };
  });
}
