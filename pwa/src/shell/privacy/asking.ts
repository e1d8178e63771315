// What the officer orders, each as the command that carries it.
import { canonical } from '@/foundation/canonical';
import { hex, utf8 } from '@/foundation/ids';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { Key } from '@/foundation/store/tables';
import type { Commands, PrivacyNoticeDoc } from '@/generated/commands';

const consent = about('privacy', 'consent');
const hold = about('privacy', 'hold');
const notice = about('privacy', 'privacy_notice');

export const withdraw = (id: string, asked: Commands['privacy.withdraw']) =>
  put(phone(), consent(id, 'withdraw', asked));

export const stopErasing = (parent: Key, why: string) =>
  put(phone(), hold(phone().newId(), 'hold', { parent, why }));

export const release = (id: string, why: string) => put(phone(), hold(id, 'release', { why }));

export const retire = (id: string) => put(phone(), notice(id, 'retire_notice', {}));

/** A version's id is the digest of its words: the same words are the same version. */
export async function publish(doc: PrivacyNoticeDoc): Promise<void> {
  const bytes = utf8(canonical(doc)) as Uint8Array<ArrayBuffer>;
  const id = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  await put(phone(), notice(id, 'publish_notice', { doc }));
}
