import { beforeAll, expect, test, vi } from 'vitest';

beforeAll(() => {
  vi.stubGlobal('location', { pathname: '/', search: '' });
});

test('a pattern gives its parts and the first that fits wins', async () => {
  const { match } = await import('./router.svelte');
  const routes = [{ path: '/rounds/new' }, { path: '/rounds/:id' }, { path: '/rounds/:id/submit' }];
  expect(match(routes, '/rounds/new')?.route.path).toBe('/rounds/new');
  expect(match(routes, '/rounds/7%2F8')?.params).toEqual({ id: '7/8' });
  expect(match(routes, '/rounds/7/submit')?.route.path).toBe('/rounds/:id/submit');
  expect(match(routes, '/elsewhere')).toBeNull();
});
