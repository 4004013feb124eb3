import { utcHour } from '#platform/clock.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { timeToLive } from '#platform/table/time-to-live.ts';
import { roles } from './actor.ts';
import { endOfSession, type Session } from './session.ts';

/** A session as the table holds it. It stands in a list as long as it is there. */
export interface StoredSession {
  readonly session: Session;
  /** The issuer's tokens, sealed under the secret in the cookie. */
  readonly sealedTokens: string;
}

/** How long one request has to renew a session before another may try. Milliseconds. */
const renewalTime = 15_000;

export function toSessionItem({ session, sealedTokens }: StoredSession): Item {
  return toItem(keys.session(session.id), 'session', 1, {
    sessionId: session.id,
    actor: { id: session.actor.id, roles: session.actor.roles },
    name: session.name,
    csrf: session.csrf,
    createdAt: session.createdAt.toISOString(),
    seenAt: session.seenAt.toISOString(),
    renewedAt: session.renewedAt.toISOString(),
    sealedTokens,
    ...timeToLive('session', endOfSession(session)),
    list: lists.sessions(utcHour(session.createdAt)),
    listOrder: `${session.createdAt.toISOString()}#${session.id}`,
  });
}

export function fromSessionItem(item: Item): StoredSession {
  const fields = read(item);
  const actor = fields.record('actor');
  return {
    session: {
      id: fields.text('sessionId'),
      actor: { id: actor.text('id'), roles: actor.manyOf('roles', roles) },
      name: fields.text('name'),
      csrf: fields.text('csrf'),
      createdAt: fields.date('createdAt'),
      seenAt: fields.date('seenAt'),
      renewedAt: fields.date('renewedAt'),
    },
    sealedTokens: fields.text('sealedTokens'),
  };
}

type Update = Extract<Change, { readonly update: unknown }>;

/** A page was asked for. A session that was ended meanwhile stays so. */
export function toSeenChange({ id }: Session, now: Date): Update {
  return {
    update: keys.session(id),
    set: { expression: 'SET seenAt = :now', values: { ':now': now.toISOString() } },
    condition: 'attribute_exists(pk)',
  };
}

/** One request takes it upon itself to renew a session: an issuer may take a refresh token for stolen when it comes twice. */
export function toRenewalClaim({ id, renewedAt }: Session, now: Date): Update {
  return {
    update: keys.session(id),
    set: {
      expression: 'SET renewingUntil = :until',
      values: {
        ':until': new Date(now.getTime() + renewalTime).toISOString(),
        ':now': now.toISOString(),
        ':renewedAt': renewedAt.toISOString(),
      },
    },
    condition: 'renewedAt = :renewedAt AND (attribute_not_exists(renewingUntil) OR renewingUntil <= :now)',
  };
}

/** What the issuer said when it was asked again. A session that was ended meanwhile stays so. */
export function toRenewedChange({ session, sealedTokens }: StoredSession): Update {
  return {
    update: keys.session(session.id),
    set: {
      expression:
        'SET actor = :actor, #name = :name, seenAt = :seenAt, renewedAt = :renewedAt, sealedTokens = :sealed REMOVE renewingUntil',
      names: { '#name': 'name' },
      values: {
        ':actor': { id: session.actor.id, roles: session.actor.roles },
        ':name': session.name,
        ':seenAt': session.seenAt.toISOString(),
        ':renewedAt': session.renewedAt.toISOString(),
        ':sealed': sealedTokens,
      },
    },
    condition: 'attribute_exists(pk)',
  };
}
