import type { Context } from 'hono';
import type Stripe from 'stripe';
import type { Clock } from '#platform/clock.ts';
import type { KeyedHash } from '#platform/ids.ts';
import type { CharitySettings } from '#platform/settings.ts';
import type { Deadline } from '#platform/stripe/deadline.ts';
import type { Table } from '#platform/table/table.ts';
import type { FooterLink } from './footer-links.ts';
import type { Memory } from './memory.ts';

/** What the site needs from the outside. */
export interface SiteContext {
  readonly table: Table;
  /** Opens Stripe for a request whose calls all have to be answered by a deadline; a stage without it takes no cards. */
  readonly stripe?: ((deadline: Deadline) => Promise<Stripe>) | undefined;
  /** How long that is, in milliseconds; eight seconds by default. */
  readonly stripeTime?: number;
  /** After how many milliseconds a request is given up, whatever hangs; 25 seconds by default. */
  readonly answerTime?: number;
  readonly hash: () => Promise<KeyedHash>;
  readonly clock: Clock;
  /** A number in [0, 1): it draws shards. */
  readonly random: () => number;
  /** Without a trailing slash. */
  readonly site: string;
  /** Whether Stripe is in test mode, so that no money is taken. */
  readonly demonstration: boolean;
  /** The address a request came from. */
  readonly addressOf: (c: Context) => string;
  /** What an admin has set, to be in force for a request; without it the configuration holds. */
  readonly settings?: () => Promise<CharitySettings | undefined>;
  /** Where public reads are answered from for a moment. */
  readonly memory: Memory;
  /** What the foot of every page links to; it may be a minute old. */
  readonly footerLinks?: () => Promise<readonly FooterLink[]>;
  /** A fresh random text for a form. */
  readonly formKey: () => string;
}
