import { z } from "zod";
import type { MachineFacts } from "./types";

/** One line: what is shown of it must not become another line of a file. */
const text = z.string().max(4096).regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/u);
/** As the kernel names them. */
const device = z.string().regex(/^[\w.!:@-]{1,64}$/u);
const amount = z.number().nonnegative();

const savedFacts = z.object({
  format: z.literal(1),
  host: text,
  kernel: text,
  architecture: text,
  cpus: amount,
  cpuModel: text.optional(),
  numaNodes: amount,
  memory: amount,
  swap: amount,
  hugePages: z.object({ size: amount, total: amount, free: amount }),
  transparentHugePages: text.optional(),
  disks: z.array(z.object({ name: device, rotational: z.boolean(), scheduler: text.optional(), queue: z.record(text, text), size: amount.optional() })).max(4096),
  nics: z.array(z.object({ name: device, speed: amount.optional(), mtu: amount.optional(), driver: text.optional(), receiveQueues: amount })).max(4096),
  accelerators: z.array(z.object({ vendor: text, address: text, numaNode: amount.optional() })).max(1024),
  sysctls: z.record(text, text),
  commandLine: text.optional(),
  virtualization: text.optional(),
});

/** A saved facts file; undefined with the reason when it is none. */
export function readSavedFacts(json: string): { readonly value: MachineFacts | undefined; readonly problem?: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json.replace(/^\uFEFF/u, ""));
  } catch (error) {
    return { value: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
  const result = savedFacts.safeParse(parsed);
  if (!result.success) return { value: undefined, problem: result.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).slice(0, 3).join("; ") };
  return { value: result.data as MachineFacts };
}
