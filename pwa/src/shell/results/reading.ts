// Who has a desk, as the server knows it (backend/foundation/identity/listing.py).
const READERS = ['manager', 'line_lead', 'secretariat', 'outlet_head', 'security', 'admin'];

export const canRead = (roles: ReadonlySet<string>): boolean =>
  READERS.some((role) => roles.has(role));
