import { isHostName, localRemote, sshRemote } from "../../adapters/remote";
import type { Cancel, Remote } from "../../engine/ports";
import { render, type Message } from "../../engine/text/message";
import type { MachineFacts } from "../../engine/tuning/facts/types";
import type { TuningMachine } from "../../protocol/tuning-suggest";
import { collectFacts, NoFacts, savedFacts } from "../../tuning/machine";
import { machineMessages } from "../../tuning/messages";
import { Told } from "../guard";
import type { Services } from "../services";

/** What requests about a machine need of the server. */
export type MachineServices = Pick<Services, "words" | "workbench" | "settings" | "knowledge">;

export function say({ words }: Pick<MachineServices, "words">, message: Message): string {
  return render(message, machineMessages, words.locale);
}

export async function factsOf(machine: TuningMachine, services: MachineServices, cancel: Cancel): Promise<MachineFacts> {
  if (machine.kind === "file") return told(savedFacts(machine.path), services);
  return (await told(collectFacts(remoteOf(machine, services), cancel), services)).facts;
}

export async function told<T>(work: Promise<T>, services: MachineServices): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NoFacts) throw new Told(say(services, { id: "tuning.noFacts", args: { from: error.from, detail: error.detail } }));
    throw error;
  }
}

/** No program of any machine is run for a workspace that is not trusted. */
export function remoteOf(machine: TuningMachine, services: MachineServices): Remote {
  if (!services.workbench.trusted()) throw new Told(say(services, { id: "tuning.untrusted" }));
  switch (machine.kind) {
    case "here":
      return localRemote();
    case "ssh":
      if (!isHostName(machine.host)) throw new Told(say(services, { id: "tuning.badHost", args: { host: machine.host } }));
      return sshRemote({ host: machine.host });
    case "file":
    case "none":
      throw new Told(say(services, { id: "tuning.fileOnly" }));
  }
}

