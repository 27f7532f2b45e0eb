import { fileSettings } from "./settings/files";
import { filesystemSettings } from "./settings/filesystem";
import { innodbSettings } from "./settings/innodb";
import { ipSettings } from "./settings/ip";
import { blockSettings } from "./settings/block";
import { bootSettings } from "./settings/boot";
import { dataLoadingSettings, juicefsSettings } from "./settings/juicefs";
import { kernelSettings } from "./settings/kernel";
import { mariadbSettings } from "./settings/mariadb";
import { memorySettings } from "./settings/memory";
import { networkCoreSettings } from "./settings/network-core";
import { nginxSettings } from "./settings/nginx";
import { pageSettings } from "./settings/pages";
import { postgresqlSettings } from "./settings/postgresql";
import { redisSettings } from "./settings/redis";
import { schedulerSettings } from "./settings/scheduler";
import { servingSettings } from "./settings/serving";
import { tcpSettings } from "./settings/tcp";
import { vllmSettings } from "./settings/vllm";
import { writebackSettings } from "./settings/writeback";
import type { PackSetting } from "./types";

const kernel = [...memorySettings, ...writebackSettings, ...schedulerSettings, ...kernelSettings, ...fileSettings, ...networkCoreSettings, ...tcpSettings, ...ipSettings, ...pageSettings, ...bootSettings, ...blockSettings, ...filesystemSettings];
const databases = [...innodbSettings, ...mariadbSettings, ...postgresqlSettings, ...redisSettings];
const services = [...nginxSettings, ...juicefsSettings, ...dataLoadingSettings, ...vllmSettings, ...servingSettings];

export const packSettings: readonly PackSetting[] = [...kernel, ...databases, ...services];
