// What a person must know when the database cannot be had: another tab keeps an old version open,
// or this page is older than the database. Plain elements, because nothing else may work.

import type { Obstacle } from '@/foundation/store/indexeddb';

const WORDS: Record<'blocked' | 'cannot_open', string> = {
  blocked:
    '请关闭本应用的其他标签页，然后这里会继续。 Close the other tabs of this app; this one then goes on.',
  cannot_open:
    '本机数据库打不开。正在重试。 The database on this device does not open. Trying again.',
};

export function meetObstacle(obstacle: Obstacle | null, database: string): void {
  const id = `obstacle-${database}`;
  if (obstacle === null) {
    document.getElementById(id)?.remove();
    return;
  }
  if (obstacle === 'newer_version') {
    location.reload();
    return;
  }
  const bar = document.getElementById(id) ?? document.createElement('p');
  bar.id = id;
  bar.setAttribute('role', 'alert');
  bar.textContent = WORDS[obstacle];
  document.body.prepend(bar);
}
