import { describe, expect, it } from 'vitest';
import { type LocalParts, localRoutes } from '../cloud/local-routes.ts';

describe('a schedule of the local cloud', () => {
  const fired: string[] = [];
  const parts = {
    schedules: {
      names: ['sweep'],
      fire: async (name: string) => {
        fired.push(name);
        return { ok: true, value: null };
      },
    },
    // The parts that this address asks for, of many.
  } as unknown as LocalParts;
  const fire = (headers: Record<string, string>) =>
    localRoutes(new Request('http://127.0.0.1:8787/__local/fire/sweep', { method: 'POST', headers }), parts);

  it('is fired by the command line', async () => {
    expect((await fire({}))?.status).toBe(200);
    expect(fired).toEqual(['sweep']);
  });

  it.each([{ origin: 'https://example.org' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }])(
    'is fired by no page of another site: %j',
    async (headers) => {
      fired.length = 0;
      expect((await fire(headers))?.status).toBe(403);
      expect(fired).toEqual([]);
    },
  );
});

describe('a page that the starting program adds to the local cloud', () => {
  const pages = new Map([
    ['letters', ({ url }: Request) => (url.endsWith('/gone') ? undefined : new Response('letters'))],
  ]);
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    localRoutes(new Request(`http://127.0.0.1:8787${path}`, { method, headers }), {
      pages,
      // The part that these addresses ask for, of many.
    } as unknown as LocalParts);

  it('answers below its own area alone', async () => {
    expect(await (await get('/__local/letters/chk_1'))?.text()).toBe('letters');
    expect((await get('/__local/others'))?.status).toBe(404);
    expect((await get('/__local/letters/gone'))?.status).toBe(404);
    expect(await get('/letters')).toBeUndefined();
  });

  it('is sent no form of another site', async () => {
    expect((await get('/__local/letters', { origin: 'https://example.org' }, 'POST'))?.status).toBe(403);
  });
});
