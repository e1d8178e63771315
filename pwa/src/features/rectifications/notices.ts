// What happened to a case, in one line for the person it concerns.
import type { Tell } from '@/parts/contribution';
import { one, tongue, when } from '@/parts/words.svelte';

type Told = (p: Record<string, unknown>, outlet: string) => string;

const day = (at: unknown): string => (typeof at === 'string' ? when(at, 'moment') : '');

const zh: Record<string, Told> = {
  case_assigned: (p, outlet) =>
    `${outlet}有一条整改交给您${p.due_at ? `，限 ${day(p.due_at)}` : ''}`,
  case_reported: (_, outlet) => `您在${outlet}发现的问题已报告整改`,
  case_approved: (_, outlet) => `${outlet}的整改审批通过，已销号`,
  case_returned: (p, outlet) => `${outlet}的整改被退回，有 ${Number(p.points)} 点要改`,
  case_extended: (p, outlet) => `${outlet}的整改延期到 ${day(p.due_at)}`,
  case_extension_refused: (_, outlet) => `${outlet}的延期没有同意，期限不变`,
  case_due_recounted: (p, outlet) => `放假安排已公布，${outlet}的整改期限改为 ${day(p.due_at)}`,
  case_reopened: (_, outlet) => `${outlet}的整改重新打开`,
  case_cancelled: (_, outlet) => `${outlet}的整改已撤销`,
  case_offered: (_, outlet) => `${outlet}有一条整改移交给您的部门，等您接收`,
  case_taken_over: (_, outlet) => `${outlet}的整改已由对方接收`,
  case_over_declined: (_, outlet) => `${outlet}的整改对方没有接收，仍由您负责`,
  case_kept_aside: (_, outlet) => `${outlet}的整改在您处理之后又收到内容，已保留`,
};
const en: typeof zh = {
  case_assigned: (p, outlet) =>
    `A case at ${outlet} is yours${p.due_at ? `, due ${day(p.due_at)}` : ''}`,
  case_reported: (_, outlet) => `What you found at ${outlet} was reported as fixed`,
  case_approved: (_, outlet) => `The fix at ${outlet} was approved and closed`,
  case_returned: (p, outlet) =>
    `The fix at ${outlet} came back with ${one(Number(p.points), 'point', 'points')}`,
  case_extended: (p, outlet) => `The case at ${outlet} has until ${day(p.due_at)}`,
  case_extension_refused: (_, outlet) => `No more time for ${outlet}; the due day stands`,
  case_due_recounted: (p, outlet) =>
    `The calendar is published: the case at ${outlet} is due ${day(p.due_at)}`,
  case_reopened: (_, outlet) => `The case at ${outlet} is open again`,
  case_cancelled: (_, outlet) => `The case at ${outlet} was cancelled`,
  case_offered: (_, outlet) => `A case at ${outlet} is offered to your department`,
  case_taken_over: (_, outlet) => `The case at ${outlet} was taken over`,
  case_over_declined: (_, outlet) => `The case at ${outlet} was not taken over and stays yours`,
  case_kept_aside: (_, outlet) =>
    `Something more arrived for ${outlet} after your decision; it is kept`,
};

export const tell: Tell = (type, params, nameOf) =>
  (tongue() === 'zh' ? zh : en)[type]?.(params, nameOf('outlet', params.outlet)) ?? null;
