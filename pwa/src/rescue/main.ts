// Rescue mode: when the app cannot open its own database, this page still reads what lies there,
// sends it, or hands it out as a sealed file. It knows no record and no schema, and it deletes
// nothing.

import { type Found, lookAround } from '@/rescue/found';
import { sealAll, send } from '@/rescue/send';

const WORDS = {
  title: ['抢救未发送的内容', 'Rescue what was not sent'],
  why: [
    '应用打不开本机数据库。这里只读取和发送，不删除任何内容。',
    'The app cannot open its database on this device. This page only reads and sends; it deletes nothing.',
  ],
  none: ['这台设备上没有找到未发送的内容。', 'Nothing unsent was found on this device.'],
  holds: ['条记录和照片', 'entries and photos'],
  send: ['发送到服务器', 'Send to the server'],
  save: ['存成加密文件', 'Save as a sealed file'],
  seal: [
    '只有银行的服务器能打开这个文件，任何人都可以转交。',
    "Only the bank's server can open this file. Anyone may deliver it.",
  ],
  done: ['已收到', 'Received'],
  spoilt: ['张照片已损坏，没有发送', 'photos are spoilt and were not sent'],
  unreadable: ['本机有一份内容读不出来。', 'One part of what is here cannot be read.'],
  signIn: [
    '没有发送成功。请先在应用里登录，或存成文件。',
    'It was not sent. Sign in to the app first, or save it as a file.',
  ],
  noKey: [
    '这台设备还没有服务器的密钥。',
    'This device has not received the key of the server yet.',
  ],
  back: ['再试着打开应用', 'Try to open the app again'],
} as const;

const target = document.getElementById('rescue')!;

function element(tag: string, text: readonly [string, string] | string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = typeof text === 'string' ? text : `${text[0]}  ${text[1]}`;
  return made;
}

function button(text: readonly [string, string], act: () => Promise<void>): HTMLElement {
  const made = element('button', text) as HTMLButtonElement;
  made.type = 'button';
  made.style.cssText = 'min-height:48px;margin:8px 8px 8px 0;padding:0 16px;font-size:1.0625rem';
  made.onclick = () => {
    made.disabled = true;
    void act().finally(() => {
      made.disabled = false;
    });
  };
  return made;
}

function show(found: Found): void {
  const section = document.createElement('section');
  const count = found.outbox.length + found.bytes.size;
  const state = element(
    'p',
    `${found.outbox.length} + ${found.bytes.size} ${WORDS.holds.join(' / ')}`,
  );
  state.setAttribute('role', 'status');
  const say = (text: string) => {
    state.textContent = text;
  };
  section.append(state);
  if (count > 0)
    section.append(
      button(WORDS.send, () =>
        send(found, say).then(
          (spoilt) =>
            say(WORDS.done.join('  ') + (spoilt ? ` (${spoilt} ${WORDS.spoilt.join(' / ')})` : '')),
          (error: Error) => say(`${WORDS.signIn.join('  ')} (${error.message})`),
        ),
      ),
      button(WORDS.save, () => save(found, say)),
    );
  target.append(section);
}

async function save(found: Found, say: (text: string) => void): Promise<void> {
  const file = await sealAll(found);
  if (!file) return say(WORDS.noKey.join('  '));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `xunfang-${new Date().toISOString().slice(0, 10)}.xfex`;
  link.click();
}

async function begin(): Promise<void> {
  document.body.style.cssText = 'font:1.0625rem/1.5 system-ui;margin:24px;max-width:40rem';
  target.append(element('h1', WORDS.title), element('p', WORDS.why), element('p', WORDS.seal));
  const found = await lookAround();
  const read = found.filter((one) => 'outbox' in one);
  for (const one of found)
    if ('unreadable' in one)
      target.append(element('p', `${WORDS.unreadable.join('  ')} (${one.unreadable})`));
  if (found.every((one) => 'outbox' in one && one.outbox.length + one.bytes.size === 0))
    target.append(element('p', WORDS.none));
  for (const one of read) show(one);
  const back = element('a', WORDS.back) as HTMLAnchorElement;
  back.href = '/';
  target.append(back);
  document.documentElement.dataset.ready = '';
}

void begin();
