import type { Context } from 'hono';
import { Hono } from 'hono';
import {
  type Declared,
  type Described,
  honoPath,
  type Inputs,
  type Method,
  respondTo,
} from '#platform/http/endpoint.ts';
import { publicRead } from './caching.ts';
import type { SiteContext } from './site-context.ts';

/** What the API's document says of an operation that is open to everybody. */
interface DescribedInPublic extends Described {
  readonly tag: 'Campaigns' | 'Checkouts';
  /** How long any site may show the answer (`freshness`); without it no cache keeps the answer. */
  readonly fresh?: string;
  /** The answer's name in the document, which knows its schema and an example: no cold start of a page makes a schema that it does not check with. */
  readonly answerName: string;
}

/** One operation of the public API: its route, what it reads, and its line in the API's document follow from it. */
export interface PublicEndpoint extends DescribedInPublic {
  readonly respond: (c: Context, ctx: SiteContext) => Promise<Response>;
}

/** What an operation finds besides its input. */
interface PublicContext extends SiteContext {
  /** Where the request came from. */
  readonly address: () => string;
}

/** Declares an operation that is open to everybody. Its inputs are read in the order in which they stand. */
export function publicEndpoint<
  Answer extends object,
  M extends Method,
  Path extends string,
  Given extends Inputs<Path>,
>(declared: DescribedInPublic & Declared<M, Path, Given, Answer, PublicContext>): PublicEndpoint {
  const { run: _, ...described } = declared;
  return {
    ...described,
    respond: (c, ctx) => respondTo(c, declared, { ...ctx, address: () => ctx.addressOf(c) }, ctx.clock()),
  };
}

/** Serves operations. */
export function servePublicly(endpoints: readonly PublicEndpoint[], ctx: SiteContext): Hono {
  const app = new Hono();
  for (const each of endpoints) {
    const path = honoPath(each);
    if (each.fresh) publicRead(app, path, each.fresh);
    app[each.method](path, (c) => each.respond(c, ctx));
  }
  return app;
}
