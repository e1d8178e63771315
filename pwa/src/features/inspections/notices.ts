// What happened to a round, in one line for the person it concerns.
import type { Tell } from '@/parts/contribution';
import { one, tongue, when } from '@/parts/words.svelte';

type Told = (p: Record<string, unknown>, outlet: string, person: (id: unknown) => string) => string;

const due = (at: unknown, before: string, after = ''): string =>
  typeof at === 'string' ? before + when(at, 'moment') + after : '';

const zh: Record<string, Told> = {
  round_assigned: (p, outlet) => `新检查：${outlet}${due(p.due_at, '，', ' 前')}`,
  round_given_away: (p, outlet, person) =>
    `${outlet}的检查已改派给${person(p.to)}。您已记录的内容会收到并转交`,
  round_cancelled: (_, outlet) => `${outlet}的检查已取消，您记录的内容仍保留`,
  round_submitted: (p, outlet) => `${outlet}的检查已提交，${Number(p.findings)} 个问题`,
  round_amended: (_, outlet) => `${outlet}的检查结果有更正`,
  round_contribution: (p, outlet, person) => `${outlet}：收到${person(p.by)}改派前记录的内容`,
};
const en: typeof zh = {
  round_assigned: (p, outlet) => `New round: ${outlet}${due(p.due_at, ', due ')}`,
  round_given_away: (p, outlet, person) =>
    `${outlet} was given to ${person(p.to)}. What you recorded is received and handed on`,
  round_cancelled: (_, outlet) => `The round at ${outlet} was cancelled. What you recorded is kept`,
  round_submitted: (p, outlet) =>
    `${outlet} was submitted with ${one(Number(p.findings), 'finding', 'findings')}`,
  round_amended: (_, outlet) => `A result at ${outlet} was amended`,
  round_contribution: (p, outlet, person) =>
    `${outlet}: work of ${person(p.by)} from before the change came in`,
};

export const tell: Tell = (type, params, nameOf) =>
  (tongue() === 'zh' ? zh : en)[type]?.(params, nameOf('outlet', params.outlet), (id) =>
    nameOf('person', id),
  ) ?? null;
