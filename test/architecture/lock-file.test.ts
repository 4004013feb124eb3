import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly inBundle?: boolean;
  readonly link?: boolean;
}

type Dependencies = Readonly<Record<string, string>>;
type Manifest = Readonly<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Dependencies>>;

/** Every package that a package.json asks for, with its version. */
function asked(manifest: string): Dependencies {
  const text = readFileSync(new URL(`../../${manifest}`, import.meta.url), 'utf8');
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(text) as Partial<Manifest>;
  return { ...dependencies, ...devDependencies, ...optionalDependencies };
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

it('the local cloud works with the very packages that the product works with, each at one version', () => {
  const [product, localCloud] = [asked('package.json'), asked('infra/local/package.json')];
  const shared = Object.keys(localCloud).filter((name) => product[name] !== undefined);
  expect(shared.length).toBeGreaterThan(5);
  expect(shared.filter((name) => localCloud[name] !== product[name])).toEqual([]);
  expect(Object.keys(packages).filter((place) => place.startsWith('infra/local/'))).toEqual([]);
});
