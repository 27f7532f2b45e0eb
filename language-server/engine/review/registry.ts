import { alreadyApplied } from "./checks/already-applied/rule";
import { applies } from "./checks/applies/rule";
import { backportMarker } from "./checks/backport-marker/rule";
import { baseGuess } from "./checks/base-guess/rule";
import { ccStableForm } from "./checks/cc-stable-form/rule";
import { errPtr } from "./checks/err-ptr/rule";
import { exportSymbol } from "./checks/export-symbol/rule";
import { fileMode } from "./checks/file-mode/rule";
import { fixesForm } from "./checks/fixes-form/rule";
import { fixesKnown } from "./checks/fixes-known/rule";
import { fixesMissing } from "./checks/fixes-missing/rule";
import { generatedOrBinary } from "./checks/generated-or-binary/rule";
import { gotoReleaseOrder } from "./checks/goto-release-order/rule";
import { hiddenUnicode } from "./checks/hidden-unicode/rule";
import { hunkCounts } from "./checks/hunk-counts/rule";
import { kconfigHelp } from "./checks/kconfig-help/rule";
import { maintainers } from "./checks/maintainers/rule";
import { missingUnlock } from "./checks/missing-unlock/rule";
import { secrets } from "./checks/secrets/rule";
import { seriesNumbering } from "./checks/series-numbering/rule";
import { signoffChain } from "./checks/signoff-chain/rule";
import { sleepInAtomic } from "./checks/sleep-in-atomic/rule";
import { subjectForm } from "./checks/subject-form/rule";
import { subjectPrefix } from "./checks/subject-prefix/rule";
import { trailerSpacing } from "./checks/trailer-spacing/rule";
import { trailingWhitespace } from "./checks/trailing-whitespace/rule";
import { uapiTouched } from "./checks/uapi-touched/rule";
import { uncheckedAllocation } from "./checks/unchecked-allocation/rule";
import { versionChangelog } from "./checks/version-changelog/rule";
import { whitespaceDamage } from "./checks/whitespace-damage/rule";
import type { Check } from "./types";

/** Every check, in the order in which findings of one line are shown. A new check is one folder and one line here. */
export const checks: readonly Check[] = [
  applies,
  alreadyApplied,
  baseGuess,
  subjectForm,
  subjectPrefix,
  fixesForm,
  fixesKnown,
  fixesMissing,
  signoffChain,
  trailerSpacing,
  ccStableForm,
  backportMarker,
  seriesNumbering,
  versionChangelog,
  maintainers,
  hunkCounts,
  whitespaceDamage,
  trailingWhitespace,
  hiddenUnicode,
  secrets,
  fileMode,
  generatedOrBinary,
  uapiTouched,
  exportSymbol,
  kconfigHelp,
  gotoReleaseOrder,
  missingUnlock,
  uncheckedAllocation,
  errPtr,
  sleepInAtomic,
];
