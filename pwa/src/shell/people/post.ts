// A post as it is filled in, judged here as the server judges it (identity/rules.py). Pure.
import type { Commands } from '@/generated/commands';
import type { Role } from './rows';

export interface PostDraft {
  role: Role;
  title: string;
  title_en: string;
  unit: string;
  outlet: string;
  line: string;
  from: string;
  to: string;
}
export type PostFault = 'title' | 'outlet' | 'line' | 'dates';

export const blankPost = (today: string): PostDraft => ({
  role: 'inspector',
  title: '',
  title_en: '',
  unit: '',
  outlet: '',
  line: '',
  from: today,
  to: '',
});

const AT_OUTLET = new Set<Role>(['outlet_head', 'outlet_staff']);
const IN_LINE = new Set<Role>(['line_lead', 'security']);
const UNBOUND = new Set<Role>(['admin', 'dpo']);

/** Which parts of a scope the role has at all. */
export const scopeOf = (role: Role) => ({
  unit: !UNBOUND.has(role) && !AT_OUTLET.has(role),
  outlet: !UNBOUND.has(role),
  line: !UNBOUND.has(role),
});

export function faultsOf(draft: PostDraft): PostFault[] {
  const found: [boolean, PostFault][] = [
    [!draft.title.trim(), 'title'],
    [AT_OUTLET.has(draft.role) && !draft.outlet, 'outlet'],
    [IN_LINE.has(draft.role) && !draft.line, 'line'],
    [Boolean(draft.to) && draft.to < draft.from, 'dates'],
  ];
  return found.flatMap(([wrong, fault]) => (wrong ? [fault] : []));
}

/** What the command carries. An outlet says more than its unit, so only one of them travels. */
export function postOf(draft: PostDraft): Omit<Commands['identity.hold_post'], 'post'> {
  const has = scopeOf(draft.role);
  const outlet = has.outlet && draft.outlet ? draft.outlet : null;
  const zh = draft.title.trim();
  return {
    role: draft.role,
    title: { zh, en: draft.title_en.trim() || zh },
    unit: has.unit && !outlet && draft.unit ? draft.unit : null,
    outlet,
    line: has.line && draft.line ? draft.line : null,
    held_from: draft.from || null,
    held_to: draft.to || null,
  };
}
