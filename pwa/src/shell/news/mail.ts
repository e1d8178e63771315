// Whether e-mail arrives, in words: for the person and for the administrator.
import { bothWords, when } from '@/parts/words.svelte';

export interface MailRow {
  person: string;
  name: string;
  address: string;
  state: 'well' | 'failing' | 'dead';
  queued: number;
  lost: number;
  failing_since: string | null;
  last_sent_at: string | null;
  code: string | null;
  status: number | null;
}

const zh = {
  never: '还没有发过邮件',
  sent: (at: string) => `最近一封 ${at} 发出`,
  queued: (n: number) => `${n} 封待发`,
  lost: (n: number) => `${n} 封没有送达`,
  comma: '，',
  troubles: {
    mailbox_full: '邮箱已满，会继续尝试，三天后作废',
    mail_later: '对方邮件服务器请稍后再试',
    address_unknown: '邮箱地址不存在。改正地址之前不再发送',
    mail_refused: '对方邮件服务器拒收',
    mail_server_away: '邮件服务器连不上，会继续尝试',
    mail_server_refuses: '邮件服务器不接受我们，请管理员检查设置',
  } as Record<string, string>,
  other: '邮件没有送达',
};
const en: typeof zh = {
  never: 'No e-mail sent yet',
  sent: (at) => `Last one sent ${at}`,
  queued: (n) => `${n} waiting`,
  lost: (n) => `${n} not delivered`,
  comma: ', ',
  troubles: {
    mailbox_full: 'The mailbox is full. It is tried again, for three days',
    mail_later: 'Their mail server asks us to come later',
    address_unknown: 'There is no such address. Nothing is sent until it is corrected',
    mail_refused: 'Their mail server does not take it',
    mail_server_away: 'The mail server cannot be reached. It is tried again',
    mail_server_refuses: 'The mail server does not take us. An administrator has to look',
  },
  other: 'E-mail does not arrive',
};
const say = bothWords({ zh, en });

export function mailText({ code, state, queued, lost, last_sent_at, status }: MailRow): string {
  const w = say();
  const trouble = state === 'well' ? '' : (w.troubles[code ?? ''] ?? w.other);
  const number = trouble && status ? ` (${status})` : '';
  const sent = last_sent_at ? w.sent(when(last_sent_at, 'moment')) : w.never;
  return [
    trouble ? trouble + number : sent,
    queued ? w.queued(queued) : '',
    lost ? w.lost(lost) : '',
  ]
    .filter(Boolean)
    .join(w.comma);
}
