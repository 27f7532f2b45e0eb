import { memorySettings } from "./settings/memory";
import { networkCoreSettings } from "./settings/network-core";
import { writebackSettings } from "./settings/writeback";
import type { PackSetting } from "./types";

export const packSettings: readonly PackSetting[] = [...memorySettings, ...writebackSettings, ...networkCoreSettings];
