import { currencies } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { timeToLive } from '#platform/table/time-to-live.ts';
import type { TrusteeLink } from './trustee-link.ts';

/** How long a link that is over still says why. Milliseconds: a week. */
const rememberedFor = 7 * 86_400_000;

/** @param digest of the link's secret, which the table does not hold */
export function toTrusteeLinkItem(link: Omit<TrusteeLink, 'usedAt'>, digest: string): Item {
  const { id, trustee, step, asked, askedAt, until } = link;
  return toItem(keys.trusteeLink(digest), 'trustee-link', 1, {
    ...{ id, trustee, step, asked },
    askedAt: askedAt.toISOString(),
    until: until.toISOString(),
    ...timeToLive('trustee-link', new Date(until.getTime() + rememberedFor)),
  });
}

export function fromTrusteeLinkItem(item: Item): TrusteeLink {
  const fields = read(item);
  const [step, asked] = [fields.record('step'), fields.record('asked')];
  return {
    id: fields.text('id'),
    trustee: fields.text('trustee'),
    step: { kind: step.text('kind'), id: step.text('id') },
    asked: {
      amount: asked.int('amount'),
      currency: asked.oneOf('currency', currencies),
      fund: inBoth(asked.record('fund')),
      what: inBoth(asked.record('what')),
      requester: asked.text('requester'),
    },
    askedAt: fields.date('askedAt'),
    until: fields.date('until'),
    usedAt: fields.maybeDate('usedAt'),
  };
}

function inBoth(fields: Fields) {
  return { en: fields.text('en'), 'zh-HK': fields.text('zh-HK') };
}

/** Uses a link up; no other request has done so. */
export function toUsedChange(digest: string, now: Date): Change {
  return {
    update: keys.trusteeLink(digest),
    set: { expression: 'SET usedAt = :now', values: { ':now': now.toISOString() } },
    condition: 'attribute_exists(pk) AND attribute_not_exists(usedAt)',
  };
}
