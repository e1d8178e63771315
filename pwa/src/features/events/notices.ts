// What happened to an event, in one line for the person it concerns.
import type { Tell } from '@/parts/contribution';
import { one, tongue } from '@/parts/words.svelte';

type Told = (p: Record<string, unknown>, outlet: string) => string;

const zh: Record<string, Told> = {
  event_proposed: (_, outlet) => `${outlet}有一场活动等您审批`,
  event_approved: (_, outlet) => `${outlet}的活动已批准`,
  event_returned: (p, outlet) => `${outlet}的活动计划被退回，有 ${Number(p.points)} 点要改`,
  event_result_returned: (p, outlet) => `${outlet}的活动结果被退回，有 ${Number(p.points)} 点要改`,
  event_cancelled: (_, outlet) => `${outlet}的活动已取消，您不用去了`,
  event_staff_came: (_, outlet) => `${outlet}的一场活动安排您参加`,
  event_staff_left: (_, outlet) => `${outlet}的活动不再安排您参加。您记下的内容仍会收到`,
  event_came_late: (_, outlet) => `${outlet}的活动结束之后又收到签到，已单独列出`,
  event_concluded: (p, outlet) => `${outlet}的活动有结果：${Number(p.persons)} 人到场，等您验收`,
  event_reported: (_, outlet) => `${outlet}的活动结果已验收`,
};
const en: typeof zh = {
  event_proposed: (_, outlet) => `An event at ${outlet} waits for your approval`,
  event_approved: (_, outlet) => `The event at ${outlet} was approved`,
  event_returned: (p, outlet) =>
    `The plan at ${outlet} came back with ${one(Number(p.points), 'point', 'points')}`,
  event_result_returned: (p, outlet) =>
    `The result at ${outlet} came back with ${one(Number(p.points), 'point', 'points')}`,
  event_cancelled: (_, outlet) => `The event at ${outlet} was cancelled; you need not go`,
  event_staff_came: (_, outlet) => `You work at an event of ${outlet}`,
  event_staff_left: (_, outlet) =>
    `You do not work at the event of ${outlet} any more. What you recorded is received all the same`,
  event_came_late: (_, outlet) =>
    `Check-ins for ${outlet} came after the event was closed; they are listed apart`,
  event_concluded: (p, outlet) =>
    `The event at ${outlet} has a result: ${one(Number(p.persons), 'person', 'people')} came. It waits for you`,
  event_reported: (_, outlet) => `The result of the event at ${outlet} was accepted`,
};

export const tell: Tell = (type, params, nameOf) =>
  (tongue() === 'zh' ? zh : en)[type]?.(params, nameOf('outlet', params.outlet)) ?? null;
