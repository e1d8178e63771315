// The few words of Node that tests and the simulator's entry use. The phone's code is checked
// against the browser's library alone, so that nothing of Node can slip into the bundle unseen.

declare module 'node:fs' {
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string, encoding: 'utf8'): string;
  export function existsSync(path: string): boolean;
  export function readdirSync(
    path: string,
    options: { withFileTypes: true },
  ): { name: string; isDirectory(): boolean }[];
}
declare module 'node:path' {
  export function join(...parts: string[]): string;
}
declare module 'node:zlib' {
  export function gzipSync(bytes: Uint8Array, options?: { level: number }): Uint8Array;
}
declare module 'node:crypto' {
  export function createHash(name: 'sha256'): {
    update(bytes: Uint8Array | string): { digest(as: 'hex'): string };
  };
}
declare module 'node:child_process' {
  export function execFileSync(
    file: string,
    args: string[],
    options: { env: Record<string, string | undefined> },
  ): Uint8Array;
}
declare const process: {
  env: Record<string, string | undefined>;
  stdin: {
    setEncoding(as: 'utf8'): void;
    on(event: 'data', hear: (text: string) => void): void;
    on(event: 'end', hear: () => void): void;
  };
  stdout: { write(text: string): void };
  exit(code: number): never;
};
declare function setImmediate(act: () => void): void;
