import { commandLineFormat } from "./cmdline/format";
import { fioFormat } from "./fio/format";
import { fstabFormat } from "./juicefs/format";
import { kconfigFormat } from "./kconfig/format";
import { limitsFormat, systemdFormat } from "./limits/format";
import { mysqlFormat } from "./mysql/format";
import { nginxFormat } from "./nginx/format";
import { postgresqlFormat } from "./postgresql/format";
import { redisFormat } from "./redis/format";
import { shellFormat } from "./serving/shell";
import { yamlFormat } from "./serving/yaml";
import { sysctlFormat } from "./sysctl/format";
import { tunedFormat } from "./tuned/format";
import type { FileFormat, FileKind } from "./types";

/** Every kind of file that settings are told of; the first that knows a file takes it. */
const formats: readonly FileFormat[] = [sysctlFormat, commandLineFormat, kconfigFormat, fstabFormat, systemdFormat, limitsFormat, postgresqlFormat, mysqlFormat, redisFormat, tunedFormat, nginxFormat, fioFormat, yamlFormat, shellFormat];

/** Larger files are none that a person writes; only a kernel's whole .config comes near. */
const largest = 4 << 20;

/** The format of a file; undefined for every file that is none of ours. */
export function formatOf(path: string, text: string): FileFormat | undefined {
  return text.length > largest ? undefined : formats.find((format) => format.detect(path, text));
}

/** A format by its name, for files that the caller knows better. */
export function formatNamed(kind: FileKind): FileFormat | undefined {
  return formats.find((format) => format.kind === kind);
}
