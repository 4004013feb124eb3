import type { Operation } from '#kernel/staff/rights.ts';
import { hongKongMonth, type Month } from '#platform/clock.ts';

/** A plain value that may stand in an audit entry. */
export type AuditValue = string | number | boolean | null;

/**
 * What an audit entry may say of an object, by its kind: amounts, dates, states, references, digests of texts. Names, mail
 * addresses and texts of people have no place here.
 */
export const auditedFields = {
  campaign: [
    'status',
    'place',
    'photo',
    'kind',
    'goal',
    'firstMonth',
    'budgets',
    'currency',
    'levels',
    'opensAt',
    'closesAt',
    'titleDigest',
    'summaryDigest',
    'storyDigest',
    'otherDigest',
    'revision',
  ],
  complaint: ['state'],
  opening: ['state'],
  settings: ['revision', 'feesBorneBy', 'otherWaysDigest', 'contactsDigest', 'digestToDigest'],
  page: ['status', 'revision', 'titleDigest', 'textDigest'],
  gift: ['state', 'amount', 'refunded', 'currency', 'reasonCode', 'refundId'],
  words: ['state'],
  name: ['state'],
  amount: ['state'],
  person: ['state', 'payments'],
  'person-request': ['state', 'kind', 'at', 'identitySeen'],
  'ledger-entry': ['kind', 'amount', 'currency', 'account', 'counterAccount', 'reasonCode', 'at'],
  month: ['state'],
  promise: ['state', 'amount', 'account', 'at'],
  'passed-on': ['state', 'amount', 'currency', 'campaign', 'category', 'voucherDigest', 'at', 'trustee'],
  attention: ['state'],
  mail: ['state'],
  export: ['kind', 'from', 'to', 'campaign', 'people'],
  staff: ['state', 'roles', 'sessions', 'secondFactor'],
} as const satisfies Record<string, readonly string[]>;

/** What kind of object was changed. */
export type AuditedKind = keyof typeof auditedFields;

/** Each of these kinds. */
export const auditedKinds = Object.keys(auditedFields) as AuditedKind[];

/** An object's state, as far as an audit entry may hold it. */
export type AuditFields<Kind extends AuditedKind = AuditedKind> = {
  readonly [Field in (typeof auditedFields)[Kind][number]]?: AuditValue;
};

/** Who of the staff did what, when, to which object. */
export interface AuditEntry {
  readonly id: string;
  /** The subject of the person's sign-in. */
  readonly actor: string;
  readonly action: Operation;
  readonly object: { readonly kind: AuditedKind; readonly id: string };
  /** Only the fields that changed; undefined for what is new. */
  readonly before: AuditFields | undefined;
  /** Undefined for what was taken away. */
  readonly after: AuditFields | undefined;
  readonly at: Date;
  /** The Hong Kong month of `at`. */
  readonly month: Month;
}

const longestText = 200;

/**
 * Makes an audit entry.
 * @throws Error when a field is not on the list of its kind, is no plain value, is long, or holds a mail address: nothing of
 * the change is written then
 */
export function auditEntry(entry: Omit<AuditEntry, 'month'>): AuditEntry {
  for (const fields of [entry.before, entry.after]) refusePersonalData(entry.object.kind, fields ?? {});
  if (isMailAddress(entry.actor) || isMailAddress(entry.object.id)) {
    throw new Error('An audit entry names people and objects by ids, never by a mail address.');
  }
  return { ...entry, month: hongKongMonth(entry.at) };
}

function refusePersonalData(kind: AuditedKind, fields: Readonly<Record<string, unknown>>): void {
  const allowed: readonly string[] = auditedFields[kind];
  for (const [name, value] of Object.entries(fields)) {
    if (!allowed.includes(name))
      throw new Error(`An audit entry of a ${kind} may not hold the field ${name}.`);
    if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
      continue;
    if (typeof value !== 'string' || value.length > longestText || isMailAddress(value)) {
      throw new Error(`The field ${name} of an audit entry is not plain, too long or a mail address.`);
    }
  }
}

function isMailAddress(text: string): boolean {
  return text.includes('@');
}
