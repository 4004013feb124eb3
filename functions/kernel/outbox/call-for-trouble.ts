import { toAttentionItem, toResolvedChange } from '#kernel/attention/attention-item.ts';
import { type AccountTrouble, accountTroubles, troubleAdvice } from '#kernel/attention/mail-advice.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import { commit } from '#platform/table/commit.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { ItemsRead } from '#platform/table/table.ts';

/** Trouble that was not seen for so long is over: while it lasts, waiting mails are tried each hour or more often. Milliseconds. */
const quiet = 3 * 3_600_000;
/** Trouble that is still there so long after a person resolved it calls again. Milliseconds. */
const patience = 3_600_000;
/** For so long after trouble was resolved all mails of a day are requeued: two sweeps, should one fail. Milliseconds. */
const justNow = 10 * 60_000;

/** Where each trouble of the account calls a person. */
export const troubleKeys: readonly Key[] = accountTroubles.map(keyOf);

function keyOf(trouble: AccountTrouble): Key {
  return keys.attention('mail-account', trouble);
}

/** The troubles that call a person and that nobody has resolved, among items that were read with `troubleKeys`. */
export function openTroubles(read: ItemsRead): AccountTrouble[] {
  return accountTroubles.filter((trouble) => {
    const item = read.itemAt(keyOf(trouble));
    return item !== undefined && item.settledAt === undefined;
  });
}

/** Whether trouble of the account was resolved just now, by a sent mail or by a person: mails then wait for no reason. */
export function isTroubleJustOver(found: ItemsRead, now: Date): boolean {
  return troubleKeys.some((key) => {
    const item = found.itemAt(key);
    const settledAt = item && read(item).maybeDate('settledAt');
    return settledAt !== undefined && now.getTime() - settledAt.getTime() < justNow;
  });
}

/**
 * Calls a person because of trouble of the account: once while it lasts, however many mails wait for its end. Trouble that comes
 * back after it was over, or stays for an hour after a person has resolved it, calls again.
 */
export async function callForTrouble(
  trouble: AccountTrouble,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const attention = { kind: 'mail-account', id: trouble, at: now, reason: trouble } as const;
  const lastSeenAt = now.toISOString();
  const ago = (span: number) => new Date(now.getTime() - span).toISOString();
  const called = await commit(table, () => ({
    attention: {
      put: { ...toAttentionItem(attention), lastSeenAt },
      condition: {
        expression: 'attribute_not_exists(pk) OR settledAt < :patience OR lastSeenAt < :quiet',
        values: { ':patience': ago(patience), ':quiet': ago(quiet) },
      },
    },
  }));
  if (called.committed) {
    count('MailNeedsPerson', { reason: trouble, toDo: troubleAdvice[trouble] });
    return;
  }
  await commit(table, () => ({
    attention: {
      update: keyOf(trouble),
      set: { expression: 'SET lastSeenAt = :now', values: { ':now': lastSeenAt } },
    },
  }));
}

/** Resolves what called a person for these troubles, since Resend takes mails again. */
export async function resolveTroubles(
  troubles: readonly AccountTrouble[],
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  for (const trouble of troubles) {
    const settled = { by: 'mailer', at: now, note: 'Resend takes mails again.' };
    await commit(table, () => ({
      attention: toResolvedChange(keyOf(trouble), settled),
    }));
  }
}
