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
  export function readdirSync(path: string): string[];
  export function writeFileSync(path: string, text: string): void;
  export function mkdirSync(path: string, options: { recursive: true }): void;
  export function mkdtempSync(prefix: string): string;
  export function cpSync(from: string, to: string): void;
  export function rmSync(path: string, options: { recursive: true; force: true }): void;
}
declare module 'node:module' {
  export function createRequire(from: string): (path: string) => unknown;
}
declare module 'node:path' {
  export function join(...parts: string[]): string;
  export function resolve(...parts: string[]): string;
  export function dirname(path: string): string;
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
  export function execFileSync(
    file: string,
    args: string[],
    options: { cwd: string; encoding: 'utf8' },
  ): string;
}
declare const process: {
  env: Record<string, string | undefined>;
  stdin: {
    setEncoding(as: 'utf8'): void;
    on(event: 'data', hear: (text: string) => void): void;
    on(event: 'end', hear: () => void): void;
  };
  stdout: { write(text: string): void };
  on(event: 'unhandledRejection', hear: (error: unknown) => void): void;
  exit(code: number): never;
};
declare function setImmediate(act: () => void): void;
