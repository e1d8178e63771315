import { expect, test } from 'vitest';
import { draftOf, type Fault, faultsOf, reachOf } from './form';

const whole = {
  ...draftOf(null),
  name: 'Hook',
  url: 'https://h.example/x',
  secret: 's'.repeat(16),
  kinds: ['a.B'],
};
const HOSTS = ['robots.bank', 'inner.bank:8080'];

const CASES: [string, Partial<typeof whole>, Fault[]][] = [
  ['whole', {}, []],
  ['no name', { name: '  ' }, ['name']],
  ['no address', { url: '' }, ['url']],
  ['another scheme', { url: 'ftp://h.example' }, ['url']],
  ['a user name in it', { url: 'https://me:pw@h.example' }, ['url']],
  ['without https', { url: 'http://h.example/' }, ['not_allowed']],
  ['without https where it is allowed', { url: 'http://robots.bank/x' }, []],
  ['allowed at this port', { url: 'http://inner.bank:8080/x' }, []],
  ['and at no other', { url: 'http://inner.bank:8081/x' }, ['not_allowed']],
  ['a short secret', { secret: 'short' }, ['secret']],
  ['a robot needs none', { secret: '', kind: 'wecom' }, []],
  ['nothing to tell', { kinds: [] }, ['kinds']],
];

test.each(CASES)('%s', (_, changed, faults) => {
  expect(faultsOf({ ...whole, ...changed }, true, HOSTS)).toEqual(faults);
});

test('of a target that is there, address and secret may stay as they are', () => {
  const kept = { ...whole, url: '', secret: '' };
  expect(faultsOf(kept, false, HOSTS)).toEqual([]);
  expect(reachOf(kept)).toBeNull();
  expect(faultsOf({ ...kept, url: 'https://h.example' }, false, HOSTS)).toEqual(['secret']);
});
