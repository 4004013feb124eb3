import type { TestProject } from 'vitest/node';
import { startProduct } from './running-product.ts';

/** Starts the product once for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const product = await startProduct();
  project.provide('site', product.site);
  project.provide('mail', product.mail);
  return () => product.stop();
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the running product's site is. */
    site: string;
    /** Where its inbox is. */
    mail: string;
  }
}
