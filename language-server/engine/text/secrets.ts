/** Forms of secrets, for the check that warns of them and for the redaction that keeps them from leaving. */
export interface SecretForm {
  readonly kind: string;
  /** Cheap test before the expression is tried. */
  readonly has: string;
  /** Global; reset by String.replace and matchAll alike. */
  readonly form: RegExp;
}

/** Tokens whose own form tells what they are; nobody writes these letters by chance. */
export const secretForms: readonly SecretForm[] = [
  { kind: "aws", has: "AKIA", form: /\bAKIA[0-9A-Z]{16}\b/g },
  { kind: "github", has: "gh", form: /\bgh[pousr]_[A-Za-z0-9]{36}\b/g },
  { kind: "github", has: "github_pat_", form: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g },
  { kind: "gitlab", has: "glpat-", form: /\bglpat-[\w-]{20}\b/g },
  { kind: "slack", has: "xox", form: /\bxox[abprs]-\d{8,}-[\w-]{16,}\b/g },
  { kind: "google", has: "AIza", form: /\bAIza[\w-]{35}\b/g },
  { kind: "huggingface", has: "hf_", form: /\bhf_[A-Za-z]{34}\b/g },
  { kind: "npm", has: "npm_", form: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: "openai", has: "sk-", form: /\bsk-(?:proj-|ant-api\d\d-)?[A-Za-z0-9_-]{40,}\b/g },
  { kind: "jwt", has: "eyJ", form: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g },
];

export const privateKeyForm = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/;
/** An address with a password; the first group is the password. */
export const passwordAddressForm = /[a-z][a-z+]{2,12}:\/\/[\w.-]+:([^\s:@/'"<>${}*]{6,})@[\w.-]+/gi;
/** A value given to a name that sounds like a secret; the first group is the value. */
export const assignedSecretForm = /\b(?:\w+[_-])?(?:passw(?:or)?d|secret|api[_-]?key|access[_-]?key|auth[_-]?token|private[_-]?key)["']?\s*(?:=|:|=>|:=)\s*["']([^"'\s\\]{12,})["']/gi;
