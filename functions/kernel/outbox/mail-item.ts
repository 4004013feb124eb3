import { type AccountTrouble, accountTroubles } from '#kernel/attention/mail-advice.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { MailFacts } from '../../../emails/catalogue.ts';
import { isMailName, type MailName, type OutboxTemplate, outboxTemplates } from './outbox.ts';

/** The facts that a mail's first attempt was made of, so that every later attempt sends the same bytes. */
export type MailAttempt = { readonly [Template in OutboxTemplate]: Attempt<Template> }[OutboxTemplate];

interface Attempt<Template extends OutboxTemplate> {
  readonly checkoutId: string;
  readonly name: MailName;
  readonly template: Template;
  readonly firstAttemptAt: Date;
  readonly to: string;
  readonly facts: MailFacts[Template];
  /** Of all that was handed to Resend; shows whether the template changed since. Attempts before it was kept have none. */
  readonly digest: string | undefined;
  /** Why Resend has not taken it so far, though nothing is wrong with it. Empty for most. */
  readonly troubles?: readonly AccountTrouble[];
  /** Whether an attempt's answer was never learned, so that nobody knows whether Resend has the mail. */
  readonly doubtful?: boolean;
}

/**
 * Why a mail missed its reader, the gravest last. The gravest is kept, so that Resend's events may come in any order:
 * `failed` – Resend could not send it; `suppressed` – the address bounced or complained before; `bounced` – the reader's
 * mail server refused it; `complained` – it arrived and was called spam.
 */
export const mailProblems = ['failed', 'suppressed', 'bounced', 'complained'] as const;

export type MailProblem = (typeof mailProblems)[number];

/** The item of a mail's first attempt; it stands with the person's data and is erased with it. */
export function toMailItem(attempt: MailAttempt): Item {
  return toItem(keys.personMail(attempt.checkoutId, attempt.name), 'mail', 1, {
    checkoutId: attempt.checkoutId,
    name: attempt.name,
    template: attempt.template,
    firstAttemptAt: attempt.firstAttemptAt.toISOString(),
    to: attempt.to,
    facts: attempt.facts,
    ...(attempt.digest && { digest: attempt.digest }),
  });
}

/** Reads a mail's first attempt. */
export function fromMailItem(item: Item): MailAttempt {
  const fields = read(item);
  const troubles = fields.maybeTexts('troubles') ?? [];
  fields.record('facts');
  return {
    checkoutId: fields.text('checkoutId'),
    // Mails of before addresses could be corrected name their template only.
    name: fields.textThat(item.name === undefined ? 'template' : 'name', isMailName, 'the name of a mail'),
    // The table holds each template with its own facts, as they were written.
    template: fields.oneOf('template', outboxTemplates),
    facts: item.facts,
    firstAttemptAt: fields.date('firstAttemptAt'),
    to: fields.text('to'),
    digest: fields.maybeText('digest'),
    troubles: accountTroubles.filter((each) => troubles.includes(each)),
    doubtful: fields.maybeFlag('doubtful') ?? false,
  } as MailAttempt;
}

/** What is known of the way of a mail: nothing special; it waits for Resend to take it; or it is not tried any more. */
export type MailWay = 'usual' | 'delayed' | 'stopped';

/** Where a mail stands on its way, as far as its own item shows. */
export function mailWayOf(item: Item): MailWay {
  if (item.stopped !== undefined) return 'stopped';
  return item.troubles !== undefined || item.doubtful === true ? 'delayed' : 'usual';
}

/** Changes a mail's item, unless it was erased with its person. */
export function toMailChange(
  { checkoutId, name }: Pick<MailAttempt, 'checkoutId' | 'name'>,
  expression: string,
  values?: Readonly<Record<string, unknown>>,
): Change {
  return {
    update: keys.personMail(checkoutId, name),
    set: { expression, ...(values && { values }) },
    condition: 'attribute_exists(pk)',
  };
}

/** Why a mail missed its reader; undefined while nothing of that kind is known. */
export function mailProblemOf(item: Item): MailProblem | undefined {
  return read(item).maybeOneOf('problem', mailProblems);
}

/** Keeps why a mail missed its reader, unless the same or something graver is known or the mail was erased. */
export function toMailProblemChange(checkoutId: string, name: MailName, problem: MailProblem): Change {
  const lighter = mailProblems.slice(0, mailProblems.indexOf(problem));
  const values = lighter.map((each, index) => [`:lighter${index}`, each] as const);
  const graver = values.length > 0 ? ` OR problem IN (${values.map(([value]) => value).join(', ')})` : '';
  return {
    update: keys.personMail(checkoutId, name),
    set: {
      expression: 'SET problem = :problem',
      values: { ':problem': problem, ...Object.fromEntries(values) },
    },
    condition: `attribute_exists(pk) AND (attribute_not_exists(problem)${graver})`,
  };
}
