// What a round needs before the signal goes: its checklist, the pictures to compare with, and the device itself.
import type { Phone } from '@/foundation/phone';
import { readOne } from '@/foundation/reading';
import type { Body, Key } from '@/foundation/store/tables';
import type { ReadyCheck } from '@/parts/contribution';
import { deviceChecks } from '@/parts/readiness';
import type { RoundBody } from './model';
import { references } from './preview';
import { say } from './say';

/** One check for each need. Nothing is asked of the server. */
export async function checks(on: Phone, rec: Key): Promise<ReadyCheck[]> {
  const round = await readOne<RoundBody>(on, rec);
  const paper = round && (await readOne(on, ['template', round.body.template]));
  const own = [paperCheck(paper !== null)];
  if (paper) own.push(...(await picturesCheck(on, paper.body)));
  return [...own, ...(await deviceChecks(on, ['camera', 'place', 'room', 'kept']))];
}

const paperCheck = (here: boolean): ReadyCheck => ({
  key: 'inspections.paper',
  standing: here ? 'ok' : 'missing',
  word: () => say().checkPaper,
  told: () => say().checkPaperTold,
  act: null,
});

/** Nothing for a checklist without pictures. */
async function picturesCheck(on: Phone, paper: Body): Promise<ReadyCheck[]> {
  const wanted = [...new Set(references(paper).map(({ sha256, size }) => `${sha256}@${size}`))];
  if (wanted.length === 0) return [];
  const missing = await on.store.read(['bytes'], async (tx) => {
    const here = await Promise.all(
      wanted.map(async (id) => (await tx.get('bytes', id)) ?? (await tx.get('bytes', bare(id)))),
    );
    return here.filter((one) => one === undefined).length;
  });
  return [
    {
      key: 'inspections.pictures',
      standing: missing ? 'missing' : 'ok',
      word: () => say().checkPictures,
      told: () => say().checkPicturesTold(missing),
      act: null,
    },
  ];
}

const bare = (id: string): string => id.slice(0, id.indexOf('@'));
