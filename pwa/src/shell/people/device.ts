// A device in lines of label and value; what the server does not know is left out.
import { bytes, when } from '@/parts/words.svelte';
import type { ManagedDevice } from './rows';
import { say } from './say';

export function detailsOf(
  { device, free_bytes, state_reason, state_by, state_at, erased_at, erased_unsent }: ManagedDevice,
  nameOf: (person: string) => string,
): [label: string, value: string][] {
  const w = say();
  const { unsent } = device;
  const yes = (is: boolean) => (is ? w.yes : w.no);
  const at = (moment: string | null) => moment && when(moment, 'moment');
  const held = unsent.commands + unsent.photos > 0;
  const lines: [string, string | null][] = [
    [w.lastContact, at(device.last_contact_at)],
    [w.unsent, held ? w.unsentCount(unsent.commands, unsent.photos) : w.nothingUnsent],
    [w.oldest, held ? at(unsent.oldest_at) : null],
    [w.stateAt, device.state === 'active' ? null : at(state_at)],
    [w.stateBy, device.state === 'active' ? null : state_by && nameOf(state_by)],
    [w.stateWhy, device.state === 'active' ? null : state_reason],
    [w.erasedAt, at(erased_at)],
    [w.erasedUnsent, erased_unsent ? w.pieces(erased_unsent) : null],
    [w.build, device.build ? String(device.build) : null],
    [w.signedIn, yes(device.signed_in)],
    [w.persisted, yes(device.persisted)],
    [w.installed, yes(device.installed)],
    [w.free, free_bytes ? bytes(free_bytes) : null],
    [w.firstSeen, at(device.first_seen_at)],
  ];
  return lines.flatMap(([label, value]) => (value ? [[label, value] as [string, string]] : []));
}
