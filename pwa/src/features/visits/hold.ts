// While a customer has the phone, nothing may take the page away: an update waits for as long.
import { phone } from '@/foundation/phone';

/** Holds the page until the returned function is called. */
export function holdPage(): () => void {
  const on = phone();
  let held = true;
  on.busy += 1;
  return () => {
    if (held) on.busy -= 1;
    held = false;
  };
}
