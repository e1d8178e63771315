// The phone's own engine under Node, stepped by a scheduler in another process.
//
// One JSON object per line on stdin, one per line on stdout, strictly in turn. A line is answered
// when nothing is left to do but wait: for the network, for a timer, for the next line. Time and
// chance come from the scheduler, so the same lines give the same answers.
//
// Asked                                                               `result` answered
//  {do:"boot", phone, disk, seed, now, mono, person:{id,name,username},   {page}
//   device, token?, rows_max?, stuck_lock?}    a page opens over a disk; several may share one
//  {do:"put", phone, commands:[{op,rec,args,base?,v?,blobs?,id?}]}        [{id,seq}]
//  {do:"photo", phone, op, rec, args, bytes, type?, ref?}                 {id,seq,photo}
//      bytes: base64. The command is put with args {...args, photo:{id,sha256,…}} and its digests
//  {do:"nudge", phone, reason}     start|person|online|visible|timer|work null
//  {do:"deliver", phone, call, status, headers?, body?}  body: base64,    null
//      already unpacked if it was gzip, as a browser hands it over
//  {do:"fail", phone, call}        the call ends without an answer        null
//  {do:"clock", phone, now, mono}  moves its clocks; due timers fire      null
//  {do:"kill", phone?, disk?, lost?}  ends one page or all of a disk;     commits taken back
//      `lost` relaxed commits are taken back, never a strict one
//  {do:"fault", disk, name?, times?}  the next `times` commits fail       null
//      (QuotaExceededError, UnknownError); without name: sound again
//  {do:"rot", disk, digest}        one byte of a stored photo turns over  null
//  {do:"evict", disk}              the browser throws the origin away     null
//  {do:"room", phone, used, quota} what the storage estimate says         null
//  {do:"read", phone, what}        truth|pulse|attention|dump             see below
//  {do:"quit"}
//
// Every answer: {ok, result?, error?:{name,message}, calls:[{phone,call,method,path,headers,body}],
// timers:{phone: mono of the next due}, working:[phones in a pass]}. `calls` are the requests made
// since the last line; `body` is base64. A failed `put` gives ok:false with the error's name, and
// then the edit never was.
//
// dump: {meta, scopes:[{id,cursor,…}], rec:[{kind,id,ver,rev,in,body}], local:[{kind,id,rev,pending,
// body}], outbox:[{seq,id,op,v,rec,args,attempts,…}], sent:[{seq,id,outcome,ver,rev,code,…}],
// blob:[{id,role,state,size,offset,own,…}], bytes:[ids], attention:[…]}, everything opened.

import { fromBase64 } from '@/foundation/ids';
import { type Line, World } from '@/sim/world';

const world = new World();
let rest = '';
let queue: Promise<void> = Promise.resolve();

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) if (line.trim()) queue = queue.then(() => answer(JSON.parse(line)));
});
process.stdin.on('end', () => process.exit(0));

async function answer(line: Line): Promise<void> {
  if (line.do === 'quit') process.exit(0);
  let said: Record<string, unknown>;
  try {
    said = { ok: true, result: await world.carryOut(line, fromBase64) };
  } catch (error) {
    const { name, message } = error as Error;
    said = { ok: false, error: { name, message } };
  }
  await settled();
  process.stdout.write(`${JSON.stringify({ ...said, ...world.happened() })}\n`);
}

/** Everything here runs in microtasks: when the loop turns, all of it has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
