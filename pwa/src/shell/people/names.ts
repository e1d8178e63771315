// Names as the server takes them (identity/model.py). Pure.
export interface Names {
  name: string;
  username: string;
}

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,31}$/;

/** What is kept of it: user names are small letters. */
export const namesOf = ({ name, username }: Names): Names => ({
  name: name.trim(),
  username: username.trim().toLowerCase(),
});

export function nameFaults(typed: Names): ('name' | 'username')[] {
  const { name, username } = namesOf(typed);
  return [
    ...(name ? [] : ['name' as const]),
    ...(USERNAME.test(username) ? [] : ['username' as const]),
  ];
}
