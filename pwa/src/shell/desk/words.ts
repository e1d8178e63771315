import { bothWords } from '@/parts/words.svelte';

const zh = {
  overview: '总览',
  phones: '每台手机上还有什么',
  person: '使用人',
  heard: '最近联系',
  only: '仅在那台手机',
  missing: '缺的证据',
  nothing: '没有',
  photos: (n: number) => `${n} 张照片`,
  offline: '没有信号，看不到别的手机的情况',
  offlineMore: '连上服务器后会自动出现。其他栏目照常可用。',
  refused: '您的岗位看不到别人的手机',
  asking: '正在问服务器',
  none: '还没有手机联系过',
  asOf: (at: string) => `${at} 的情况`,
};
const en: typeof zh = {
  overview: 'Overview',
  phones: 'What each phone still holds',
  person: 'Person',
  heard: 'Last heard',
  only: 'Only on it',
  missing: 'Evidence still missing',
  nothing: 'None',
  photos: (n) => `${n} ${n === 1 ? 'photo' : 'photos'}`,
  offline: 'No signal: other phones cannot be seen from here',
  offlineMore: 'It appears once the server is reached. Everything else works.',
  refused: 'Your post does not see other phones',
  asking: 'Asking the server',
  none: 'No phone has called yet',
  asOf: (at) => `As of ${at}`,
};

export const say = bothWords({ zh, en });
