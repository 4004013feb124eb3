import { newSecret, sessionId } from '#platform/ids.ts';
import { seal } from '#platform/sealed-text.ts';
import type { Table } from '#platform/table/table.ts';
import { putNew, writeOne } from '#platform/table/write-one.ts';
import type { Session } from './session.ts';
import { toSessionItem } from './session-item.ts';
import type { SignedIn, Tokens } from './sign-in.ts';
import { toStaffSeenChange } from './staff-seen-item.ts';

/** Seals an issuer's tokens for a session, so that who reads the table alone cannot use them. */
export function sealTokens({ id, refresh }: Tokens, secret: string): string {
  return seal(JSON.stringify({ id, refresh }), secret, 'tokens');
}

/**
 * Opens a session for a person whom the issuer has just named.
 * @returns the session, and the secret that its cookie holds; the table does not hold it
 */
export async function openSession(
  { actor, name, tokens }: SignedIn,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<{ readonly session: Session; readonly secret: string }> {
  const secret = newSecret();
  const session: Session = {
    ...{ id: sessionId(secret), actor, name, csrf: newSecret() },
    ...{ createdAt: now, seenAt: now, renewedAt: now },
  };
  const before = await putNew(table, toSessionItem({ session, sealedTokens: sealTokens(tokens, secret) }));
  if (before) throw new Error('Two sessions have the same secret.');
  await writeOne(table, toStaffSeenChange(actor.id));
  return { session, secret };
}
