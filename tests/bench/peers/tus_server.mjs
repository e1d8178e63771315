// The npm server @tus/server with its file store, as its own documentation sets it up.
// Usage: node tus_server.mjs FOLDER PORT
import { createServer } from "node:http";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [directory, port] = process.argv.slice(2);
const tus = new Server({ path: "/files", datastore: new FileStore({ directory }) });
createServer((request, response) => tus.handle(request, response)).listen(
  Number(port),
  "127.0.0.1",
  () => console.log("listening"),
);
