// What only the server knows, asked again while somebody looks: deliveries move by themselves.
const LOOK_MS = 3000;

/** At once, then every few seconds while the page is in sight, until the screen is left. */
export function every(load: () => Promise<void>): void {
  $effect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      if (document.visibilityState === 'visible') await load();
      if (!left) timer = setTimeout(look, LOOK_MS);
    };
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  });
}
