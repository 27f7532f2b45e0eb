import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A private certificate authority and a certificate of its own for loopback names, made for one test; no openssl is needed. */
export interface Authority {
  readonly caFile: string;
  readonly key: string;
  readonly cert: string;
  dispose(): void;
}

/** One DER value (ITU-T X.690): tag, length, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value, "latin1"));
const bits = (value: Uint8Array): Buffer => der(0x03, Buffer.from([0]), value);

/** Object identifiers, already encoded. */
const oid = {
  ecdsaWithSha256: der(0x06, Buffer.from("2a8648ce3d040302", "hex")),
  commonName: der(0x06, Buffer.from("550403", "hex")),
  basicConstraints: der(0x06, Buffer.from("551d13", "hex")),
  alternativeNames: der(0x06, Buffer.from("551d11", "hex")),
};

const named = (name: string): Buffer => sequence(der(0x31, sequence(oid.commonName, text(0x0c, name))));
const time = (at: Date): Buffer => text(0x17, at.toISOString().replace(/^\d\d|[-:T]|\.\d+/g, ""));

interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** An X.509 version 3 certificate (RFC 5280) that holds from yesterday to tomorrow, as PEM. */
function certificate({ subject, issuer, publicKey, signer, extensions }: Certificate): string {
  const day = 24 * 60 * 60 * 1000;
  const algorithm = sequence(oid.ecdsaWithSha256);
  const serial = der(0x02, Buffer.from([1]), randomBytes(8));
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    serial,
    algorithm,
    named(issuer),
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + day))),
    named(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const whole = sequence(content, algorithm, bits(sign("sha256", content, signer)));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString("base64").replace(/.{64}(?=.)/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

const critical = der(0x01, Buffer.from([0xff]));

export function makeAuthority(): Authority {
  const authority = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const server = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const issuer = "Example Test Authority";
  const isAuthority = sequence(oid.basicConstraints, critical, der(0x04, sequence(critical)));
  const names = sequence(oid.alternativeNames, der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])), text(0x82, "localhost"), text(0x82, "model.example.org"))));
  const folder = mkdtempSync(join(tmpdir(), "keelson-ca-"));
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, certificate({ subject: issuer, issuer, publicKey: authority.publicKey, signer: authority.privateKey, extensions: [isAuthority] }));
  return {
    caFile,
    key: server.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: certificate({ subject: "localhost", issuer, publicKey: server.publicKey, signer: authority.privateKey, extensions: [names] }),
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
