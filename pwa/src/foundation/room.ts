// How much room the browser still gives, and what that means for a person about to take photos.
// Unsent bytes are never a candidate for making room.

import {
  ROOM_PRUNE_BYTES,
  ROOM_SMALL_BYTES,
  ROOM_WARN_BYTES,
  ROOM_WARN_SHARE,
} from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';

export type Pressure = 'none' | 'warn' | 'prune' | 'small';

export type RoomLeft = { free: number | null; persisted: boolean; pressure: Pressure };

export async function roomLeft(phone: Phone): Promise<RoomLeft> {
  const room = await phone.ports.room.estimate();
  if (!room) return { free: null, persisted: false, pressure: 'none' };
  const free = Math.max(0, room.quota - room.used);
  return { free, persisted: room.persisted, pressure: pressureOf(free, room.quota) };
}

export function pressureOf(free: number, quota: number): Pressure {
  if (free < ROOM_SMALL_BYTES) return 'small';
  if (free < ROOM_PRUNE_BYTES) return 'prune';
  return free < ROOM_WARN_BYTES || free < quota * ROOM_WARN_SHARE ? 'warn' : 'none';
}
