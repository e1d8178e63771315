// Uploads one file with tus-js-client, unchanged.
// Usage: node upload.mjs MODULES ENDPOINT TOKEN FILE SHA256 '{"options":"of the client"}'
// Prints the requests it made; with stopAfter it aborts there and prints the upload's address.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, endpoint, token, file, sha256, given] = process.argv.slice(2);
const tus = createRequire(`${modules}/x.js`)("tus-js-client");
const { stopAfter, ...options } = JSON.parse(given);
const requests = [];
const upload = new tus.Upload(readFileSync(file), {
  endpoint,
  headers: { Authorization: `Bearer ${token}` },
  metadata: { sha256, type: "image/jpeg" },
  retryDelays: null,
  ...options,
  onBeforeRequest: (request) => {
    requests.push(request.getMethod());
  },
  onProgress: (sent) => {
    if (stopAfter && sent >= stopAfter) {
      upload.abort().then(() => end({ url: upload.url }));
    }
  },
  onError: (failed) => end({ error: String(failed), url: upload.url }),
  onSuccess: () => end({ done: true, url: upload.url }),
});

function end(outcome) {
  console.log(JSON.stringify({ ...outcome, requests }));
  process.exit(0);
}

upload.start();
