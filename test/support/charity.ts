import { afterAll, beforeAll } from 'vitest';
import { type Charity, charity } from '#platform/charity.ts';

/** Fields of the charity to set; one that is undefined is left out. */
type Changes = { readonly [Field in keyof Charity]?: Charity[Field] | undefined };

/** Runs with another configuration of the charity, for what is read while it runs; the rest stays as configured. */
export async function withCharity<T>(changes: Changes, run: () => T | Promise<T>): Promise<T> {
  const restore = change(changes);
  try {
    return await run();
  } finally {
    restore();
  }
}

/** The same for all tests of a file, or of the `describe` that it stands in. */
export function testWithCharity(changes: Changes): void {
  let restore = () => {};
  beforeAll(() => {
    restore = change(changes);
  });
  afterAll(() => restore());
}

function change(changes: Changes): () => void {
  const configured = { ...charity };
  set({ ...configured, ...changes });
  return () => set(configured);
}

function set(fields: Changes): void {
  for (const field of Object.keys(charity)) Reflect.deleteProperty(charity, field);
  Object.assign(
    charity,
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  );
}

/** A text of the configuration as pages hold it. */
export function inHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
