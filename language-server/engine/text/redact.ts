import { assignedSecretForm, passwordAddressForm, privateKeyForm, secretForms } from "./secrets";

/** Takes secrets out of lines before they leave. The body of a private key goes too, up to its END line. */
export interface Redactor {
  line(text: string): string;
  /** Secrets taken out so far. */
  readonly count: number;
}

const keyEnd = /-----END (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/;
const keyBody = /^[\s+*/"'\\-]*[A-Za-z0-9+/=]{16,}[\s"'\\n,;]*$|^\s*(?:Proc-Type|DEK-Info|Version|Comment):/;

export function createRedactor(): Redactor {
  let count = 0;
  let inKey = false;
  const replace = (kind: string): string => {
    count++;
    return `[redacted: ${kind}]`;
  };
  return {
    line(text) {
      if (inKey && keyEnd.test(text)) {
        inKey = false;
        return replace("key");
      }
      if (inKey && (keyBody.test(text) || text.trim() === "")) return replace("key");
      inKey = false;
      if (privateKeyForm.test(text)) {
        inKey = !keyEnd.test(text);
        return replace("key");
      }
      let out = text;
      for (const { kind, has, form } of secretForms) if (out.includes(has)) out = out.replace(form, () => replace(kind));
      for (const form of [passwordAddressForm, assignedSecretForm]) out = out.replace(form, (whole: string, secret: string) => whole.replace(secret, () => replace("password")));
      return out;
    },
    get count() {
      return count;
    },
  };
}
