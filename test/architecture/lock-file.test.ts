import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly inBundle?: boolean;
  readonly link?: boolean;
}

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Locked>> };
const fetched = Object.entries(packages).filter(
  ([place, { inBundle, link }]) => place.startsWith('node_modules/') && !inBundle && !link,
);

it('the lock file carries the integrity of every package that is fetched, for every platform', () => {
  expect(fetched.length).toBeGreaterThan(300);
  expect(
    fetched.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([place]) => place),
  ).toEqual([]);
});

it('the lock file names no address that packages come from', () => {
  expect(fetched.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
