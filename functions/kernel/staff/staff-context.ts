import type { Context } from 'hono';
import type Stripe from 'stripe';
import type { Clock } from '#platform/clock.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import type { KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import type { Actor } from './actor.ts';
import type { Directory } from './directory-gateway.ts';

/** What the staff's operations need from the outside. */
export interface StaffContext {
  readonly table: Table;
  readonly clock: Clock;
  /** A number in [0, 1): it draws shards. */
  readonly random: () => number;
  /**
   * Who sent a request, by what the HTTP API's authorizer checked.
   * @throws Problem `unauthorized`
   */
  readonly actorOf: (c: Context) => Actor;
  /** The way to Stripe; without it no refund can be asked for. */
  readonly stripe?: () => Promise<Stripe>;
  /** Makes keyed hashes; without it nobody is found by an address. */
  readonly hash?: () => Promise<KeyedHash>;
  /** The site's address, without a trailing slash; without it no photo can be uploaded. */
  readonly site?: string;
  /** The bucket of files; without it no export can be fetched. */
  readonly files?: FileStore;
  /** The people of the staff; absent where they are kept elsewhere. */
  readonly directory?: Directory;
}

/** What every route of the staff finds in its context. */
export interface StaffEnv {
  Variables: { actor: Actor };
}
