// Words for an administrator's first day.
import { bothWords } from '@/parts/words.svelte';
import type { Step } from './firstSteps';

type Words = Record<Step, [title: string, more: string]>;

const zh = {
  title: '开始使用',
  of: (n: number, all: number) => `已完成 ${n} / ${all}`,
  done: '已完成',
  open: '待办',
  steps: {
    units: ['机构', '先新增分行，再新增其下的支行和部门'],
    lines: ['条线', '检查表、检查和岗位都按条线划分'],
    outlets: ['网点', '从 Excel 导入，或逐个新增'],
    people: ['人员和岗位', '从 Excel 导入，再给每个人临时密码'],
    days: ['今年的工作日历', '放假和调休安排，期限按它计算'],
    templates: ['检查表', '从 Excel 导入或新建，预览后发布'],
  } as Words,
  next: '都完成以后，管理人员在“检查”里安排检查。',
};
const en: typeof zh = {
  title: 'First steps',
  of: (n, all) => `${n} of ${all} done`,
  done: 'Done',
  open: 'To do',
  steps: {
    units: ['Units', 'The branch first, then sub-branches and departments below it'],
    lines: ['Business lines', 'Checklists, rounds and posts are divided by line'],
    outlets: ['Outlets', 'From Excel, or one by one'],
    people: ['People and posts', 'From Excel; then a one-time password for each'],
    days: [
      'Working days of this year',
      'Holidays and make-up workdays; due days are counted by them',
    ],
    templates: ['Checklists', 'From Excel, or written here; look at the preview, then publish'],
  },
  next: 'After these, managers plan rounds under Rounds.',
};

export const say = bothWords({ zh, en });
