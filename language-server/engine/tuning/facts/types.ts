export interface DiskFacts {
  readonly name: string;
  readonly rotational: boolean;
  /** The one in use. */
  readonly scheduler?: string;
  readonly queue: Readonly<Record<string, string>>;
  /** Bytes. */
  readonly size?: number;
}

export interface NicFacts {
  readonly name: string;
  /** Mbit/s. */
  readonly speed?: number;
  readonly mtu?: number;
  readonly driver?: string;
  readonly receiveQueues: number;
}

export interface AcceleratorFacts {
  readonly vendor: string;
  /** PCI address. */
  readonly address: string;
  readonly numaNode?: number;
}

/** What a machine is and how it is set, as one look saw it. Sizes in bytes. */
export interface MachineFacts {
  readonly format: 1;
  readonly host: string;
  /** `uname -r`. */
  readonly kernel: string;
  readonly architecture: string;
  readonly cpus: number;
  readonly cpuModel?: string;
  readonly numaNodes: number;
  readonly memory: number;
  readonly swap: number;
  readonly hugePages: { readonly size: number; readonly total: number; readonly free: number };
  readonly transparentHugePages?: string;
  readonly disks: readonly DiskFacts[];
  readonly nics: readonly NicFacts[];
  readonly accelerators: readonly AcceleratorFacts[];
  /** By name with dots. */
  readonly sysctls: Readonly<Record<string, string>>;
  readonly commandLine?: string;
  /** Whether it runs as a guest, in what. */
  readonly virtualization?: string;
}

/** A part of a look that could not be understood. */
export interface FactProblem {
  readonly what: string;
}
