import { expect, test } from 'vitest';
import { voiceFor } from './speech.svelte';

const voice = (lang: string, localService = true) => ({ lang, localService });

test('only a voice of this device reads, because the text must not leave it', () => {
  expect(voiceFor([voice('zh-CN', false)], 'zh')).toBeNull();
  expect(voiceFor([voice('zh-CN', false), voice('zh-TW')], 'zh')?.lang).toBe('zh-TW');
  expect(voiceFor([], 'en')).toBeNull();
});

test('Mandarin is not read by a Cantonese or an English voice', () => {
  expect(voiceFor([voice('zh-HK'), voice('en-GB')], 'zh')).toBeNull();
  expect(voiceFor([voice('zh-TW'), voice('cmn-Hans-CN')], 'zh')?.lang).toBe('cmn-Hans-CN');
  expect(voiceFor([voice('en-IN'), voice('en-US')], 'en')?.lang).toBe('en-US');
});
