// A short shake where the device can, and a tick where it cannot: an iPhone shakes for no page.
export type Feel = 'light' | 'taken' | 'again';
const SHAKES: Record<Feel, number | number[]> = { light: 12, taken: 40, again: [40, 60, 40] };
const TICK_HZ: Record<Feel, number> = { light: 1200, taken: 1200, again: 400 };

let sound: AudioContext | null = null;

export function feel(what: Feel): void {
  if (navigator.vibrate?.(SHAKES[what])) return;
  if (what !== 'light') tick(TICK_HZ[what]);
}

function tick(hertz: number): void {
  if (typeof AudioContext === 'undefined') return;
  sound ??= new AudioContext();
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.08, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.06);
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.06);
}
