// Places where work would not be safe: an app's own browser, a private window, an address without TLS.
import { type Missing, missingHere } from '@/foundation/browser';

export type Surroundings = 'fine' | 'inapp' | 'private' | 'insecure';

const IN_APP = /MicroMessenger|DingTalk|Weibo|QQ\/|AlipayClient|Lark|FBAN|FBAV|Instagram|; wv\)/i;

export function surroundings(agent: string, missing: readonly Missing[]): Surroundings {
  if (missing.includes('secure_context')) return 'insecure';
  if (IN_APP.test(agent)) return 'inapp';
  return missing.length > 0 ? 'private' : 'fine';
}

export const here = (): Surroundings => surroundings(navigator.userAgent, missingHere());
