import { expect, test } from 'vitest';
import { stepFor } from './mending';

test.each([
  [{ person: 'b', pin: 'sealed' }, 'presence'],
  [{ consent: { id: 'c' } }, 'consent'],
  [{ of: 'principal', document: { kind: 'passport' } }, 'sight'],
  [{ present: true, relationship: 'child' }, 'agent'],
  [{ responds_to_name: 'yes', states_purpose: 'no', doubt: true }, 'observe'],
  [{ words: '让女儿帮我换存折' }, 'intention'],
  [{ recorder: 'LX02', number: '17' }, 'recording'],
  [{ business: ['pension'], scope: 'once', until: '2026-12-01' }, 'authorise'],
  [{ what: 'sealed_bag', number: 'A17', giver: 'customer', taker: 'vault' }, 'hand_over'],
  [{ topics: ['log_in'], minutes: 20 }, 'guide'],
  [{ photo: { id: 'p' } }, 'photos'],
  [{}, null],
])('%j was asked at %s', (asked, step) => {
  expect(stepFor(asked)).toBe(step);
});
