// What happened to a visit, in one line for the person it concerns. No name and no address is in any.
import type { Tell } from '@/parts/contribution';
import { one, tongue, when } from '@/parts/words.svelte';
import { say } from './say';

type Told = (p: Record<string, unknown>, outlet: string) => string;
const day = (at: unknown): string =>
  typeof at === 'string' ? when(`${at}T12:00:00+08:00`, 'day') : '';
const of = (words: Record<string, string>, code: unknown): string => words[String(code)] ?? '';
const zhOf = (words: Record<string, string>, code: unknown): string =>
  of(words, code) && `：${of(words, code)}`;
const enOf = (words: Record<string, string>, code: unknown): string =>
  of(words, code) && `: ${of(words, code).toLowerCase()}`;

const zh: Record<string, Told> = {
  visit_scheduled: (p, outlet) => `${outlet}有一次上门交给您，${day(p.day)} ${String(p.begins)}`,
  visit_taken_away: (p, outlet) => `${outlet}${day(p.day)}的上门已交给别人`,
  visit_postponed: (p, outlet) => `${outlet}的上门改期${zhOf(say().delays, p.reason)}`,
  visit_declined: (p, outlet) =>
    `${outlet}的上门没有办成${zhOf(say().refusals, p.reason)}。给客户的办法：${of(say().alternatives, p.alternative)}`,
  visit_cancelled: (p, outlet) => `${outlet}的上门已取消${zhOf(say().cancels, p.reason)}`,
  visit_submitted: (_, outlet) => `${outlet}有一次上门等您复核`,
  visit_accepted: (_, outlet) => `${outlet}的上门复核通过`,
  visit_returned: (p, outlet) => `${outlet}的上门被退回，有 ${Number(p.points)} 点要补`,
  visit_kept_aside: (_, outlet) => `${outlet}的上门往下走之后又收到内容，已保留在旁`,
  visit_forgotten: (p, outlet) =>
    p.ended
      ? `${outlet}的客户撤回同意，内容已删除，这次上门不再办理`
      : `${outlet}的客户撤回同意，相关内容已删除`,
  authorisation_use_refused: (_, outlet) => `${outlet}有一笔业务用了不能再用的授权，没有算数`,
  authorisation_revoked: (p, outlet) => `${outlet}的授权已撤销${zhOf(say().revokings, p.reason)}`,
};
const en: typeof zh = {
  visit_scheduled: (p, outlet) =>
    `A visit for ${outlet} is yours, ${day(p.day)} ${String(p.begins)}`,
  visit_taken_away: (p, outlet) => `The visit for ${outlet} on ${day(p.day)} went to somebody else`,
  visit_postponed: (p, outlet) =>
    `The visit for ${outlet} was postponed${enOf(say().delays, p.reason)}`,
  visit_declined: (p, outlet) =>
    `The visit for ${outlet} was not done${enOf(say().refusals, p.reason)}. Offered instead${enOf(say().alternatives, p.alternative)}`,
  visit_cancelled: (p, outlet) =>
    `The visit for ${outlet} was cancelled${enOf(say().cancels, p.reason)}`,
  visit_submitted: (_, outlet) => `A visit for ${outlet} waits for your review`,
  visit_accepted: (_, outlet) => `The visit for ${outlet} was accepted`,
  visit_returned: (p, outlet) =>
    `The visit for ${outlet} came back with ${one(Number(p.points), 'point', 'points')}`,
  visit_kept_aside: (_, outlet) =>
    `Something more arrived for ${outlet} after the visit had moved on; it is kept`,
  visit_forgotten: (p, outlet) =>
    p.ended
      ? `A customer of ${outlet} took their consent back: it is erased, and the visit ends`
      : `A customer of ${outlet} took a consent back; what was kept under it is erased`,
  authorisation_use_refused: (_, outlet) =>
    `Business for ${outlet} was done on an authorisation that no longer held; it does not count`,
  authorisation_revoked: (p, outlet) =>
    `An authorisation of ${outlet} was revoked${enOf(say().revokings, p.reason)}`,
};

export const tell: Tell = (type, params, nameOf) =>
  (tongue() === 'zh' ? zh : en)[type]?.(params, nameOf('outlet', params.outlet)) ?? null;
