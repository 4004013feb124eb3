import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { trusteeMessage } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import type { Directory } from '#kernel/staff/directory-gateway.ts';
import { listSessions } from '#kernel/staff/list-sessions.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Trustee } from '#platform/charity.ts';
import { Problem } from '#platform/errors.ts';
import { type KeyedHash, newId, secretDigest, trusteeToken } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { once } from '#platform/table/once.ts';
import type { Table } from '#platform/table/table.ts';
import { isSamePerson, type KnownStaff, linkTime, trusteeOf } from './trustee-link.ts';
import { toTrusteeLinkItem } from './trustee-link-item.ts';
import type { TwoPersonStep } from './two-person-step.ts';

/** What asking a trustee needs. */
export interface AskContext {
  readonly table: Table;
  readonly now: Date;
  readonly hash?: () => Promise<KeyedHash>;
  readonly directory?: Directory;
}

interface Asking {
  readonly step: TwoPersonStep;
  readonly id: string;
  /** By their name in the configuration. */
  readonly trustee: string;
  readonly idempotencyKey: string;
  readonly permit: Permit<'second-person.ask'>;
}

/**
 * Asks a trustee by mail to be the second person of a step that waits, once under the request's key. The mail goes to the address in the
 * configuration, and never to who requested it or who asks.
 *
 * @returns until when the link is good
 * @throws Problem `not-found`, `passed-on-state` when it does not wait, `invalid` for who is no trustee, `second-person` when the trustee
 * is who requested it, or who asks
 */
export async function askTrustee(asking: Asking, ctx: AskContext): Promise<Date> {
  const { id, step, permit, trustee, idempotencyKey } = asking;
  const keyed = {
    caller: permit.actor.id,
    route: `ask-trustee/${step.kind}/${id}`,
    key: idempotencyKey,
    body: trustee,
  };
  return once(ctx, keyed, {
    attempt: async (record) => {
      const [waiting, asked] = [await step.read(id, ctx), requireTrustee(trustee)];
      if (!waiting.isWaiting) throw new Problem('passed-on-state', 'It does not wait for a second person.');
      const [requester, sender] = await peopleOf([waiting.requestedBy, permit.actor.id], ctx);
      requireAnother(asked, [requester, sender]);
      const { amount, currency, fund, what } = waiting;
      const link = {
        id: newId('trusteeLink'),
        trustee,
        step: { kind: step.kind, id },
        asked: { amount, currency, fund, what, requester: requester?.name ?? waiting.requestedBy },
        askedAt: ctx.now,
        until: new Date(ctx.now.getTime() + linkTime),
      };
      const digest = secretDigest(trusteeToken(await hashOf(ctx), link.id));
      const change = { object: { kind: step.kind, id }, after: { trustee } } as const;
      const outcome = await commit(ctx.table, () => ({
        once: record(link.until.toISOString()),
        link: { put: toTrusteeLinkItem(link, digest), condition: isNew },
        outbox: { put: toOutboxItem(trusteeMessage(link.id, ctx.now)), condition: isNew },
        audit: auditChange(permit, change, ctx.now),
      }));
      return outcome.committed ? link.until : undefined;
    },
    answer: (until) => Promise.resolve(new Date(until)),
  });
}

function requireTrustee(name: string): Trustee {
  const found = trusteeOf(name);
  if (found) return found;
  const detail = 'Choose one of the trustees in the configuration.';
  throw new Problem('invalid', detail, { errors: [{ pointer: '/trustee', detail }] });
}

/** @throws Problem `second-person` */
function requireAnother(trustee: Trustee, people: readonly (KnownStaff | undefined)[]): void {
  if (!people.some((person) => person && isSamePerson(trustee, person))) return;
  const detail = `${trustee.name} requested this, or asks for it: it takes another person.`;
  throw new Problem('second-person', detail, { errors: [{ pointer: '/trustee', detail }] });
}

/** Who people of the staff are: as the directory says it, else by the names with which they are signed in. */
async function peopleOf(ids: readonly string[], ctx: AskContext): Promise<(KnownStaff | undefined)[]> {
  const people = await ctx.directory?.list();
  const sessions = people ? [] : await listSessions(undefined, ctx);
  return ids.map((id): KnownStaff | undefined => {
    const named = sessions.find(({ actor }) => actor.id === id);
    return people?.find((person) => person.id === id) ?? (named && { name: named.name, email: undefined });
  });
}

async function hashOf({ hash }: AskContext): Promise<KeyedHash> {
  if (!hash) throw new Error('Without the hash key no trustee can be asked.');
  return hash();
}
