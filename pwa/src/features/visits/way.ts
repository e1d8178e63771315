// The way to a customer is handed to the map of the phone, and only by a tap on an address that the
// person has asked to see: it leaves this app with it.

const APPLE = /iPhone|iPad|iPod|Macintosh/;

export const wayTo = (address: string, agent: string = navigator.userAgent): string =>
  `${APPLE.test(agent) ? 'maps:?q=' : 'geo:0,0?q='}${encodeURIComponent(address)}`;
