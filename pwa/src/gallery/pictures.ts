// Drawn scenes in place of photographs: small, free of anybody's face, the same on every machine.
const scene = (inside: string, ground = '#8a8371'): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400"><rect width="300" height="400" fill="${ground}"/>${inside}</svg>`,
  )}`;
const corridor =
  '<path d="M90 90h120v190H90z" fill="#7d7768"/><path d="M0 0l90 90v190L0 400zM300 0l-90 90v190l90 120z" fill="#97907d"/><path d="M0 400l90-120h120l90 120z" fill="#4f4a42"/><path d="M0 0h300l-90 90H90z" fill="#a8a28d"/><path d="M130 140h48v140h-48z" fill="#56707c"/><circle cx="140" cy="215" r="4" fill="#ddd"/><path d="M134 116h38v14h-38z" fill="#3b7d55"/>';
const cabinet =
  '<path d="M28 190l46-22v108l-46 38z" fill="#b4302b"/><path d="M36 204l30-14v12l-30 14z" fill="#ddd"/>';
export const boxes = scene(
  `${corridor}${cabinet}<path d="M22 300h90v78H22zM40 226h80v74H40z" fill="#b3854f"/><path d="M22 300h90v12H22zM40 226h80v10H40z" fill="#d1a66c"/>`,
);
export const cleared = scene(
  `${corridor}${cabinet}<path d="M20 344l40-28h58l-26 34z" fill="none" stroke="#c79a2c" stroke-width="6"/>`,
);
export const gauge = scene(
  '<rect x="90" y="120" width="120" height="280" rx="26" fill="#b0231d"/><rect x="128" y="60" width="44" height="60" fill="#222"/><circle cx="150" cy="110" r="42" fill="#eee"/><path d="M118 122a34 34 0 0 1 20-42" stroke="#a33" stroke-width="9" fill="none"/><path d="M142 78a34 34 0 0 1 40 34" stroke="#2a7a48" stroke-width="9" fill="none"/><path d="M150 110l24-16" stroke="#222" stroke-width="4"/><rect x="106" y="210" width="88" height="96" fill="#e8e4d6"/>',
);
export const shelf = scene(
  '<rect x="50" y="40" width="200" height="330" fill="#5a3d26"/><rect x="64" y="56" width="172" height="88" fill="#2e2016"/><rect x="64" y="156" width="172" height="88" fill="#2e2016"/><rect x="64" y="256" width="172" height="100" fill="#2e2016"/><circle cx="150" cy="120" r="16" fill="none" stroke="#ddd" stroke-width="4"/><circle cx="190" cy="120" r="16" fill="none" stroke="#ddd" stroke-width="4"/><rect x="160" y="206" width="60" height="30" fill="#a3302a"/><path d="M80 180h12v60H80zM98 186h12v54H98z" fill="#2c4a86"/>',
);
export const ramp = scene(
  '<rect y="280" width="300" height="120" fill="#77716a"/><rect x="50" y="110" width="170" height="190" fill="#57809a"/><path d="M134 110v190" stroke="#2b4350" stroke-width="5"/><rect x="30" y="60" width="220" height="30" fill="#27477c"/><path d="M180 330l100 30" stroke="#ddd" stroke-width="6"/><circle cx="238" cy="340" r="26" fill="none" stroke="#222" stroke-width="7"/><path d="M222 290h26v30h-26z" fill="#24519c"/>',
);
export const atm = scene(
  '<rect x="70" y="70" width="160" height="330" fill="#4d6d84"/><rect x="90" y="100" width="120" height="80" fill="#123a6b"/><rect x="90" y="200" width="70" height="50" fill="#27333c"/><path d="M176 210h34M90 290h120" stroke="#1c252b" stroke-width="9"/>',
);
export const stand = scene(
  '<path d="M60 190h180v20H60z" fill="#b4302b"/><path d="M70 210v120M230 210v120" stroke="#333" stroke-width="6"/><rect x="60" y="260" width="180" height="70" fill="#6c2f28"/><circle cx="120" cy="236" r="18" fill="#caa489"/><circle cx="180" cy="236" r="18" fill="#caa489"/><circle cx="150" cy="110" r="70" fill="#6d7b5e"/>',
);
