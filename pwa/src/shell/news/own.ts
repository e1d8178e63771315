// Notices that belong to no feature: photos, PINs, deputies, and reactions the server could not carry out.
import type { Tell } from '@/parts/contribution';
import { tongue, when } from '@/parts/words.svelte';

const REASONS: Record<string, [zh: string, en: string]> = {
  empty: ['文件是空的', 'the file is empty'],
  too_large: ['超过 20 MB', 'it is over 20 MB'],
  format_not_allowed: ['不是可用的照片格式', 'it is in no format we take'],
  type_mismatch: ['格式和说明不符', 'it is not the format it says'],
  too_many_pixels: ['像素太多', 'it has too many pixels'],
  too_many_frames: ['是动图', 'it moves'],
  trailing_bytes: ['照片后面带有别的内容', 'something else hangs behind the picture'],
  unreadable: ['文件不完整', 'the file is cut short'],
  too_costly: ['无法在限时内打开', 'it could not be opened in time'],
};
/** Why a photograph was refused; empty for a code that has no words. */
export const reasonOf = (code: unknown): string =>
  REASONS[String(code)]?.[tongue() === 'zh' ? 0 : 1] ?? '';
const after = (sign: string, reason: string): string => reason && sign + reason;

type Named = (id: unknown) => string;
const days = (p: Record<string, unknown>): [string, string] => [day(p.since), day(p.until)];
const day = (at: unknown): string => when(`${String(at)}T12:00:00+08:00`, 'day');

const zh: Record<string, (p: Record<string, unknown>, named: Named) => string> = {
  photo_refused: (p) => `一张照片被拒收${after('：', reasonOf(p.reason))}。请重拍`,
  photo_waived: () => '一张没有到达的照片已由管理人员确认不再等待',
  deputy_appointed: (p, named) =>
    `${named(p.deputy)}在 ${days(p).join(' 至 ')} 代${named(p.person)}处理`,
  deputy_ended: (p, named) => `${named(p.deputy)}不再代${named(p.person)}处理`,
  pin_set: () => '您的 PIN 已设置。如果不是您本人操作，请告诉管理员',
  pin_reset: () => '管理员已清除您的 PIN，请重新设置',
  reaction_refused: () => '您的提交已收到，但后续一步没有完成，管理人员会处理',
};
const en: typeof zh = {
  photo_refused: (p) => `A photo was refused${after(': ', reasonOf(p.reason))}. Take it again`,
  photo_waived: () => 'A photo that never arrived was given up by a manager',
  deputy_appointed: (p, named) =>
    `${named(p.deputy)} decides for ${named(p.person)} from ${days(p).join(' to ')}`,
  deputy_ended: (p, named) => `${named(p.deputy)} no longer decides for ${named(p.person)}`,
  pin_set: () => 'Your PIN was set. If that was not you, tell an administrator',
  pin_reset: () => 'An administrator took your PIN away. Set a new one',
  reaction_refused: () =>
    'Your work was received, but one step after it failed; somebody will look',
};

export const tell: Tell = (type, params, nameOf) =>
  (tongue() === 'zh' ? zh : en)[type]?.(params, (id) => nameOf('person', id)) ?? null;
