import { fileSettings } from "./settings/files";
import { ipSettings } from "./settings/ip";
import { kernelSettings } from "./settings/kernel";
import { memorySettings } from "./settings/memory";
import { networkCoreSettings } from "./settings/network-core";
import { schedulerSettings } from "./settings/scheduler";
import { tcpSettings } from "./settings/tcp";
import { writebackSettings } from "./settings/writeback";
import type { PackSetting } from "./types";

export const packSettings: readonly PackSetting[] = [...memorySettings, ...writebackSettings, ...schedulerSettings, ...kernelSettings, ...fileSettings, ...networkCoreSettings, ...tcpSettings, ...ipSettings];
