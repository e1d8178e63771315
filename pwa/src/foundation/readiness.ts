// What the device itself brings to a place without signal, whatever the work is. A browser that does not say is
// neither ready nor lacking: it is unknown, and told as such.
import { type Held, holdPages, pagesHeld } from '@/foundation/held';
import { roomLeft } from '@/foundation/room';
import { holdScanner, scannerHeld } from '@/foundation/scanning/held';
import type { Phone } from './phone';

export type Standing = 'ok' | 'missing' | 'unknown';
export type DeviceNeed = 'pages' | 'scanner' | 'camera' | 'place' | 'room' | 'kept' | 'battery';

const BATTERY_LOW = 0.3;

/** How the device stands with one need. Asks nobody for anything and never throws. */
export async function standingOf(need: DeviceNeed, on: Phone): Promise<Standing> {
  try {
    return await LOOKS[need](on);
  } catch {
    return 'unknown';
  }
}

const told = (held: Held): Standing => (held === 'held' ? 'ok' : held);

const LOOKS: Record<DeviceNeed, (on: Phone) => Promise<Standing>> = {
  pages: async () => told(await pagesHeld()),
  scanner: async () => told(await scannerHeld()),
  camera: () => permission('camera'),
  place: () => permission('geolocation'),
  room: async (on) => {
    const { free, pressure } = await roomLeft(on);
    if (free === null) return 'unknown';
    return pressure === 'none' || pressure === 'warn' ? 'ok' : 'missing';
  },
  kept: async (on) => {
    const room = await on.ports.room.estimate();
    if (!room) return 'unknown';
    return room.persisted ? 'ok' : 'missing';
  },
  battery: async () => {
    const battery = await batteryOf();
    if (!battery) return 'unknown';
    return battery.charging || battery.level >= BATTERY_LOW ? 'ok' : 'missing';
  },
};

/** What a tap can do about a need; null where only the person can. */
export function mendOf(need: DeviceNeed, standing: Standing): (() => Promise<void>) | null {
  if (standing === 'ok') return null;
  if (need === 'scanner' && standing === 'missing')
    return async () => {
      await holdScanner();
    };
  if (need === 'pages' && standing === 'missing')
    return async () => {
      await holdPages();
    };
  if (need === 'camera' && standing === 'unknown') return allowCamera;
  if (need === 'place' && standing === 'unknown') return allowPlace;
  return null;
}

async function permission(name: string): Promise<Standing> {
  const asked = await navigator.permissions.query({ name: name as PermissionName });
  if (asked.state === 'granted') return 'ok';
  return asked.state === 'denied' ? 'missing' : 'unknown';
}

interface Battery {
  charging: boolean;
  level: number;
}
async function batteryOf(): Promise<Battery | null> {
  const asked = navigator as { getBattery?: () => Promise<Battery> };
  return (await asked.getBattery?.()) ?? null;
}

// The answer is the browser's to keep: what is looked at afterwards is the permission, not this call.
async function allowCamera(): Promise<void> {
  const stream = await navigator.mediaDevices?.getUserMedia({ video: true }).catch(() => null);
  for (const track of stream?.getTracks() ?? []) track.stop();
}
async function allowPlace(): Promise<void> {
  await new Promise<void>((done) =>
    navigator.geolocation.getCurrentPosition(
      () => done(),
      () => done(),
      { timeout: 10_000 },
    ),
  );
}
