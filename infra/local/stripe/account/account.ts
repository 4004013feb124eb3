import type { AccountSettings } from './settings.ts';
import type { Store } from './store.ts';

/** The request that caused a change, for the `request` of its events. */
export interface Origin {
  readonly id: string | null;
  readonly idempotencyKey: string | null;
}

/** Changes that no API request caused: the hosted page's and the clock's. */
export const noRequest: Origin = { id: null, idempotencyKey: null };

/** What every part of the local Stripe works with: the account's rules, its objects, its clock, its webhook. */
export interface Account {
  readonly name: string;
  readonly settings: AccountSettings;
  readonly store: Store;
  /** Unix seconds. */
  now(): number;
  /** Runs a task once the clock has passed the given seconds from now. */
  later(seconds: number, task: () => void | Promise<void>): void;
  /** Hands a new event to the webhook. */
  announce(eventId: string): void;
  /** An absolute URL of this server. */
  url(path: string): string;
}
