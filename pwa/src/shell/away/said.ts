// What a locked phone says. Apart from the shell's words: hardly anybody ever sees it.
import { tongue } from '@/parts/words.svelte';

const zh = {
  title: '30 天没有连上服务器，已锁上',
  more: '内容都在，没有删除。连上服务器后自动打开，没发送的也会发出去。',
  since: (at: string) => `上次连上是 ${at}`,
  unsent: (what: string) => `还没有发送：${what}`,
  tryNow: '现在连接',
};
const en: typeof zh = {
  title: 'Locked: not in touch with the server for 30 days',
  more: 'Everything is still here, nothing was erased. It opens by itself once the server is reached, and what was not sent goes then.',
  since: (at) => `Last in touch ${at}`,
  unsent: (what) => `Not sent yet: ${what}`,
  tryNow: 'Connect now',
};

export const away = () => (tongue() === 'zh' ? zh : en);
