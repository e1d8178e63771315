// How a due day was counted, in both tongues.
import type { Why } from '@/foundation/workdays';
import { bothWords, one } from './words.svelte';

const zh = {
  why: (day: string) => `为什么是${day}`,
  span: (from: string, to: string) => `${from}至${to}`,
  start: '从这一天起算，当天不计',
  counted: (first: number, last: number) =>
    first === last ? `第 ${first} 个工作日` : `第 ${first} 至 ${last} 个工作日`,
  reasons: {
    start: '',
    workday: '',
    make_up: '调休上班',
    weekend: '周末，不计',
    holiday: '放假，不计',
    open: '网点当天营业',
    closed: '网点当天不营业，不计',
  } as Record<Why, string>,
  chosen: '这一天由人选定，没有按工作日推算',
  is: {
    start: '',
    workday: '是工作日',
    make_up: '是调休上班日',
    weekend: '是周末',
    holiday: '是放假日',
    open: '网点当天营业',
    closed: '网点当天不营业',
  } as Record<Why, string>,
  comma: '，',
  colon: '：',
  due: (day: string) => `${day} 18:00 前`,
  lacking: (years: string) => `${years} 年的放假安排尚未公布`,
  lackingMore: '公布前按周一至周五计算，公布后会自动重新计算期限。',
  earlier: (years: string) => `计算时 ${years} 年的放假安排尚未公布，期限保持不变`,
  and: '、',
};
const en: typeof zh = {
  why: (day) => `Why ${day}`,
  span: (from, to) => `${from} to ${to}`,
  start: 'counted from this day, which itself does not count',
  counted: (first, last) =>
    first === last
      ? `workday ${first}`
      : `${one(last - first + 1, 'workday', 'workdays')}, ${first} to ${last}`,
  reasons: {
    start: '',
    workday: '',
    make_up: 'make-up workday',
    weekend: 'weekend, not counted',
    holiday: 'holiday, not counted',
    open: 'the outlet is open',
    closed: 'the outlet is closed, not counted',
  },
  chosen: 'A person chose this day; it was not counted in workdays',
  is: {
    start: '',
    workday: 'a workday',
    make_up: 'a make-up workday',
    weekend: 'a weekend',
    holiday: 'a holiday',
    open: 'the outlet is open',
    closed: 'the outlet is closed',
  },
  comma: ', ',
  colon: ': ',
  due: (day) => `due by ${day}, 18:00`,
  lacking: (years) => `The calendar of ${years} is not published`,
  lackingMore:
    'Monday to Friday are counted until it is; then the due day is counted anew by itself.',
  earlier: (years) => `Counted before the calendar of ${years} was published; the day stays`,
  and: ' and ',
};

export const say = bothWords({ zh, en });
