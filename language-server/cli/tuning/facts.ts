import { collectFacts } from "../../tuning/machine";
import type { MachineFacts } from "../../engine/tuning/facts/types";
import type { Run } from "../main";
import { printable, printableJson } from "../terminal";
import { remoteOf, type MachineArguments } from "./options";

const gib = 1024 ** 3;

/** `keelson tuning facts`: what a machine is and how it is set. */
export async function runFacts({ terminal, words, log, cancel }: Pick<Run, "terminal" | "words" | "log" | "cancel">, asked: MachineArguments): Promise<number> {
  const { facts, problems } = await collectFacts(remoteOf(asked), cancel);
  for (const { what } of problems) log.warn(words.say({ id: "tuning.factProblem", args: { what } }));
  terminal.out(asked.format === "json" ? `${printableJson(facts)}\n` : `${factLines(facts).map(printable).join("\n")}\n`);
  return 0;
}

function factLines(facts: MachineFacts): readonly string[] {
  const { host, kernel, architecture, cpus, cpuModel, numaNodes, memory, swap, hugePages, transparentHugePages, disks, nics, accelerators, sysctls, virtualization } = facts;
  return [
    `${host}: Linux ${kernel}, ${architecture}${virtualization === undefined ? "" : `, ${virtualization}`}`,
    `CPU: ${String(cpus)}${cpuModel === undefined ? "" : ` × ${cpuModel}`}, NUMA: ${String(numaNodes)}`,
    `Memory: ${(memory / gib).toFixed(1)} GiB, swap ${(swap / gib).toFixed(1)} GiB, huge pages ${String(hugePages.total)} × ${String(hugePages.size / 2 ** 20)} MiB, THP ${transparentHugePages ?? "?"}`,
    ...disks.map(({ name, rotational, scheduler, size, queue }) => `Disk ${name}: ${rotational ? "rotational" : "solid state"}, ${size === undefined ? "?" : (size / gib).toFixed(0)} GiB, scheduler ${scheduler ?? "?"}, nr_requests ${queue["nr_requests"] ?? "?"}, read_ahead_kb ${queue["read_ahead_kb"] ?? "?"}`),
    ...nics.map(({ name, speed, mtu, driver, receiveQueues }) => `NIC ${name}: ${speed === undefined ? "? Mbit/s" : `${String(speed)} Mbit/s`}, MTU ${String(mtu ?? "?")}, ${driver ?? "?"}, ${String(receiveQueues)} RX`),
    ...accelerators.map(({ vendor, address, numaNode }) => `Accelerator ${vendor} ${address}${numaNode === undefined ? "" : `, NUMA ${String(numaNode)}`}`),
    `sysctl: ${String(Object.keys(sysctls).length)}`,
  ];
}
