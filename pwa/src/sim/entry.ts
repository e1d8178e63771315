// The phone's own engine under Node, stepped by a scheduler in another process.
//
// One JSON object per line on stdin, one per line on stdout, strictly in turn. A line is answered
// when nothing is left to do but wait: for the network, for a timer, for the next line. Time and
// chance come from the scheduler, so the same lines give the same answers.
//
// Asked                                                               `result` answered
//  {do:"boot", phone, disk, seed, now, mono, person:{id,name,username},   {page}
//   device, token?, rows_max?, chunk_bytes?, stuck_lock?, enter?}
//      a page opens over a disk; several may share one. `enter`: the person has just signed in
//  {do:"put", phone, commands:[{op,rec,args,base?,v?,blobs?,id?}]}        [{id,seq}]
//  {do:"photo", phone, op, rec, args, bytes, type?, ref?}                 {id,seq,photo}
//      bytes: base64. The command is put with args {...args, photo:{id,sha256,…}} and its digests
//  {do:"nudge", phone, reason}     start|person|online|visible|timer|work null
//  {do:"deliver", phone, call, status, headers?, body?}  body: base64,    null
//      already unpacked if it was gzip, as a browser hands it over
//  {do:"fail", phone, call}        the call ends without an answer        null
//  {do:"clock", phone}             due timers fire                        null
//  {do:"leave", phone}             the person signs out                   whether the disk is kept
//  {do:"kill", phone?, disk?, lost?}  ends one page or all of a disk;     commits taken back
//      `lost` relaxed commits are taken back, never a strict one
//  {do:"fuse", disk, steps}        all pages die `steps` half commits on  null
//  {do:"fault", disk, name, times?, after?}   the next `times` commits    null
//      fail once `after` have passed (QuotaExceededError, UnknownError)
//  {do:"sound", disk}             no fault and no fuse any more         null
//  {do:"lossy", disk}              no commit is strict any more           null
//  {do:"rot", disk, digest}        one byte of a stored photo turns over  null
//  {do:"evict", disk}              the browser throws the origin away     null
//  {do:"room", phone, used, quota} what the storage estimate says         null
//  {do:"dump", phone}              everything that lies on its disk       see dump.ts
//  {do:"reset"}                    another world: no page, no disk        null
//  {do:"quit"}
//
// Any line for a page may carry its clocks: `now`, `mono` and, of a crystal that stands still,
// `stopped_at`; then due timers fire first. Any line may carry `look: phone`.
//
// Every answer: {ok, result?, error?:{name,message}, calls:[{phone,call,method,path,headers,body}],
// timers:{phone: mono of the next due}, working:[phones in a pass], died:[phones], dropped:[text],
// seen?}. `calls` are the requests made since the last line; `body` is base64. A failed `put` gives
// ok:false with the error's name, and then the edit never was; the name "Unanswered" says that its
// page died over it. `dropped` are errors that nobody caught. `seen` is {truth, tables} of the page
// looked at, see ledger.ts, or null when it is dead.

import { fromBase64 } from '@/foundation/ids';
import { type Line, World } from '@/sim/world';

let world = new World();
let rest = '';
let queue: Promise<void> = Promise.resolve();
let dropped: string[] = [];

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) if (line.trim()) queue = queue.then(() => answer(JSON.parse(line)));
});
process.stdin.on('end', () => process.exit(0));
process.on('unhandledRejection', (error) => dropped.push(String(error)));

type Said = { ok: boolean; result?: unknown; error?: { name: string; message: string } };

async function answer(line: Line): Promise<void> {
  if (line.do === 'quit') process.exit(0);
  if (line.do === 'reset') world = new World();
  let said: Said = { ok: false, error: { name: 'Unanswered', message: line.do } };
  const work = line.do === 'reset' ? Promise.resolve(null) : world.carryOut(line, fromBase64);
  work.then(
    (result) => {
      said = { ok: true, result };
    },
    ({ name, message }: Error) => {
      said = { ok: false, error: { name, message } };
    },
  );
  await settled();
  const happened = world.happened();
  const seen = typeof line.look === 'string' ? { seen: await world.look(line.look) } : {};
  process.stdout.write(`${JSON.stringify({ ...said, ...happened, ...seen, dropped })}\n`);
  dropped = [];
}

/** Everything here runs in microtasks: when the loop turns, all of it has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
