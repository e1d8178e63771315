import { describe, expect, it } from 'vitest';
import { asQuery, fromAddress, toAddress } from './filters';

describe('filters in an address', () => {
  it('takes what the list knows, and nothing else', () => {
    const query = new URLSearchParams('state=open&colour=red&q=%00&outlet=');
    expect(fromAddress(query, ['state', 'outlet', 'q'])).toEqual({
      state: 'open',
      outlet: '',
      q: '',
    });
  });

  it('asks for nothing that is empty', () => {
    expect(asQuery({ state: 'open', outlet: '' })).toEqual({ state: 'open' });
  });

  it('comes back from the address as it was', () => {
    const asked = { q: '灭火器 ATM', since: '2026-11-24' };
    const address = toAddress('/results/search', asked);
    const query = new URLSearchParams(address.split('?')[1]);
    expect(fromAddress(query, ['q', 'since'])).toEqual(asked);
    expect(toAddress('/results', {})).toBe('/results');
  });
});
