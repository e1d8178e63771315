// The scanner for browsers that have none: the one file that knows the library. It and its binary are served
// by us and are not part of the build's list; the service worker keeps them once they were asked for.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import binary from 'zxing-wasm/reader/zxing_reader.wasm?url';

// Smaller than a camera's picture: a code that fills a third of the frame is read in a tenth of the time.
const SIDE_MAX = 960;

/** Loads the binary. Throws when it is neither kept nor to be had. */
export const prepare = (): Promise<unknown> =>
  prepareZXingModule({ overrides: { locateFile: () => binary }, fireImmediately: true });

/** The text of the first code in a frame, or null. */
export async function readFrame(video: HTMLVideoElement): Promise<string | null> {
  const scale = Math.min(1, SIDE_MAX / Math.max(video.videoWidth, video.videoHeight));
  const width = Math.round(video.videoWidth * scale);
  const height = Math.round(video.videoHeight * scale);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const paper = canvas.getContext('2d', { willReadFrequently: true });
  if (!paper) return null;
  paper.drawImage(video, 0, 0, width, height);
  const found = await readBarcodes(paper.getImageData(0, 0, width, height), {
    formats: ['QRCode', 'DataMatrix', 'Code128', 'Code39', 'EAN13'],
    maxNumberOfSymbols: 1,
  });
  return found.find((code) => code.isValid)?.text ?? null;
}
