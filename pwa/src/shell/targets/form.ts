// What may be entered for a target. The server judges again, and once more where it connects.
import type { Reach } from './asking';
import type { TargetKind, TargetRow } from './rows';

export interface Draft {
  name: string;
  kind: TargetKind;
  url: string;
  secret: string;
  kinds: string[];
  outlets: string[];
  lines: string[];
  language: 'zh' | 'en';
}
export type Fault = 'name' | 'url' | 'not_allowed' | 'secret' | 'kinds';
const SECRET_LEAST = 16;

export const draftOf = (target: TargetRow | null): Draft => ({
  name: target?.name ?? '',
  kind: target?.kind ?? 'webhook',
  url: '',
  secret: '',
  kinds: [...(target?.kinds ?? [])],
  outlets: [...(target?.outlets ?? [])],
  lines: [...(target?.lines ?? [])],
  language: target?.language ?? 'zh',
});

/** Null: as it is. Only of a target that is there already. */
export const reachOf = ({ url, secret }: Draft): Reach | null =>
  url.trim() ? { url: url.trim(), secret: secret.trim() } : null;

export function faultsOf(draft: Draft, isNew: boolean, hosts: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const reach = reachOf(draft);
  if (!draft.name.trim()) faults.push('name');
  if (isNew || reach) faults.push(...urlFaults(draft.url.trim(), hosts));
  const signs = draft.kind === 'webhook' && (isNew || reach);
  if (signs && draft.secret.trim().length < SECRET_LEAST) faults.push('secret');
  if (!draft.kinds.length) faults.push('kinds');
  return faults;
}

function urlFaults(text: string, hosts: readonly string[]): Fault[] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return ['url'];
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const named = hosts.includes(url.hostname) || hosts.includes(`${url.hostname}:${port}`);
  return url.protocol === 'https:' || named ? [] : ['not_allowed'];
}
