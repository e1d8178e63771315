// A PouchDB client that has nothing takes over a database, as its documentation sets it up.
// Usage: node pouchdb_pull.mjs URL PAGE; prints how many documents came.
import Core from "pouchdb-core";
import http from "pouchdb-adapter-http";
import memory from "pouchdb-adapter-memory";
import replication from "pouchdb-replication";

const [url, page] = process.argv.slice(2);
const PouchDB = Core.plugin(http).plugin(memory).plugin(replication);
const fresh = new PouchDB("fresh", { adapter: "memory" });
const done = await fresh.replicate.from(url, { batch_size: Number(page) });
console.log(done.docs_written);
