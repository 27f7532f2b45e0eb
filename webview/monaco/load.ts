import type { MonacoBundle } from "./api";

/** The panel's own script: monaco lies beside it and may use its nonce. Known only while the script runs for the first time. */
const own = document.currentScript;

let loading: Promise<MonacoBundle> | undefined;

/** Loads monaco once, when it is first needed. A failed load can be tried again. */
export function loadMonaco(): Promise<MonacoBundle> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<MonacoBundle> {
  if (!(own instanceof HTMLScriptElement)) throw new Error("the panel's script is not known");
  const { src, nonce } = own;
  const beside = (name: string): string => new URL(name, src).toString();
  // A worker of another origin is refused, so its text is fetched and started from a blob.
  const answer = await fetch(beside("editor.worker.js"));
  if (!answer.ok) throw new Error(`editor.worker.js: ${String(answer.status)}`);
  const worker = URL.createObjectURL(new Blob([await answer.text()], { type: "text/javascript" }));
  globalThis.MonacoEnvironment = { getWorker: () => new Worker(worker, { name: "keelson-diff" }) };
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = beside("monaco.css");
  const script = document.createElement("script");
  script.nonce = nonce;
  script.src = beside("monaco.js");
  await Promise.all([settled(style), settled(script)]);
  if (globalThis.keelsonMonaco === undefined) throw new Error("monaco.js did not start");
  return globalThis.keelsonMonaco;
}

function settled(node: HTMLLinkElement | HTMLScriptElement): Promise<void> {
  return new Promise((resolve, reject) => {
    node.addEventListener("load", () => {
      resolve();
    });
    node.addEventListener("error", () => {
      node.remove();
      reject(new Error(node instanceof HTMLScriptElement ? node.src : node.href));
    });
    document.head.append(node);
  });
}
