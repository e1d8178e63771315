// Inline paths on a 24 grid, drawn with a 1.75 stroke. A circle is two arcs, so one path says it all.
const ring = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

export const icons = {
  back: 'M15 5l-7 7 7 7',
  on: 'M9 5l7 7-7 7',
  up: 'M5 15l7-7 7 7',
  down: 'M5 9l7 7 7-7',
  close: 'M6 6l12 12M18 6L6 18',
  cross: 'M6 6l12 12M18 6L6 18',
  tick: 'M5 12.5l4.5 4.5L19 7.5',
  dash: 'M6 12h12',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  find: `${ring(11, 11, 6)}M16 16l4 4`,
  undo: 'M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10h-3',
  pen: 'M5 19l1-4L16 5l3 3L9 18z',
  camera: `M4 8h3l2-3h6l2 3h3v11H4z${ring(12, 13, 3.6)}`,
  pictures: `M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4${ring(15.5, 9, 1.2)}`,
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  clock: `${ring(12, 12, 8.5)}M12 7v5l3 2`,
  phone: 'M9 3h6a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM11 18h2',
  page: 'M6 3h8l4 4v14H6zM9 12h6M9 16h6',
  day: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  people: `${ring(9, 8, 3.2)}M3 20c0-4 2.6-6 6-6s6 2 6 6M15.5 5.2a3.2 3.2 0 0 1 0 5.8M17.5 14.6c2.2.7 3.5 2.5 3.5 5.4`,
  person: `${ring(12, 8, 3.6)}M5 20.5c0-4.2 3-6.3 7-6.3s7 2.1 7 6.3`,
  home: 'M4 11l8-7 8 7v9H4zM10 20v-6h4v6',
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 2h4l1-2h5',
  place: `M12 21c4.5-5 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2 6 6.5 11z${ring(12, 10, 2.3)}`,
  compare: 'M9 7l-5 5 5 5M15 7l5 5-5 5',
  sides: 'M4 5h16v14H4zM12 5v14',
  send: 'M12 19V5M6 11l6-6 6 6',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  leave: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  hand: 'M7 12V7a1.5 1.5 0 0 1 3 0v4V5a1.5 1.5 0 0 1 3 0v6-5a1.5 1.5 0 0 1 3 0v8c0 4-2 7-5.5 7S6 19 4.5 15c-.7-2 1.2-2.6 2-1.2z',
  globe: `${ring(12, 12, 8.5)}M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17`,
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  bin: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  again: 'M19 12a7 7 0 1 1-2-5M17 3v4h-4',
} as const;

export type IconName = keyof typeof icons;
