// Who reads codes on this device: the browser where it can, else the library, loaded when it is first needed.
// A browser may have BarcodeDetector and no service behind it (Android without Google's): then it says so by
// naming no format, or only by failing at the first frame.

export type ReadFrame = (video: HTMLVideoElement) => Promise<string | null>;

interface Detector {
  detect(from: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}
const WANTED = ['qr_code', 'data_matrix', 'code_128', 'code_39', 'ean_13'];

const native = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Whether the browser reads codes by itself, so that nothing has to be kept for it. */
export async function readsByItself(): Promise<boolean> {
  const formats = (await native()
    ?.getSupportedFormats()
    .catch(() => [])) as string[] | undefined;
  return formats?.includes('qr_code') ?? false;
}

/** Ready to read. Throws when the library is not here and cannot be had now. */
export async function openReader(): Promise<ReadFrame> {
  const Native = native();
  if (!Native || !(await readsByItself())) return openLibrary();
  const formats = await Native.getSupportedFormats();
  const detector = new Native({ formats: WANTED.filter((one) => formats.includes(one)) });
  let library: ReadFrame | null = null;
  return async (video) => {
    if (library) return library(video);
    try {
      return (await detector.detect(video))[0]?.rawValue ?? null;
    } catch {
      library = await openLibrary();
      return library(video);
    }
  };
}

async function openLibrary(): Promise<ReadFrame> {
  const { prepare, readFrame } = await import('./zxing');
  await prepare();
  return readFrame;
}
