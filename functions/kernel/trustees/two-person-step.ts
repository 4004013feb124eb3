import type { AuditedKind } from '#kernel/audit-log/audit-entry.ts';
import type { Operation, Permit, SecondPersonOperation } from '#kernel/staff/rights.ts';
import type { Bilingual } from '#platform/charity.ts';
import type { Context } from '#platform/context/context.ts';
import type { Currency } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';

/** What waits for a second person, as far as a trustee is asked about it. */
export interface WaitingStep {
  /** Minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly fund: Bilingual;
  /** What it is for; it names nobody. */
  readonly what: Bilingual;
  /** The subject of who requested it. */
  readonly requestedBy: string;
  /** Whether it still waits. */
  readonly isWaiting: boolean;
}

/** A kind of step that needs a second person: every one that there is can be approved by a trustee. */
export interface TwoPersonStep<Approval extends SecondPersonOperation = SecondPersonOperation> {
  readonly kind: AuditedKind & 'passed-on';
  readonly approval: Approval;
  /** The right of who may see it. */
  readonly seeing: Operation;
  /** The page of the desk about it. */
  readonly pageOf: (id: string) => string;
  /** @throws Problem `not-found` */
  readonly read: (id: string, ctx: Pick<Context, 'table'>) => Promise<WaitingStep>;
  /**
   * Approves it, with its audit entry.
   * @param input.also is written with it, or neither
   * @throws Problem when it does not wait any more
   */
  readonly approve: (
    input: {
      readonly id: string;
      readonly key: string;
      readonly also: Change;
      readonly permit: Permit<Approval>;
    },
    ctx: Pick<Context, 'table' | 'now'>,
  ) => Promise<unknown>;
}
