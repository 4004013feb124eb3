import { type Mailbox, parseMailbox } from './address.ts';
import { type Attachment, readAttachments } from './attachments.ts';
import { ResendError } from './errors.ts';

/** A name and a value that Resend keeps with an email. */
interface Tag {
  readonly name: string;
  readonly value: string;
}

/** An email that passed validation. */
export interface Email {
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  readonly attachments: readonly Attachment[];
}

type Body = Readonly<Record<string, unknown>>;

const knownFields = new Set('from to cc bcc reply_to subject html text headers tags attachments'.split(' '));
const maxRecipients = 50;
const tagShape = /^[A-Za-z0-9_-]{1,256}$/;

/**
 * Validates the body of one email as Resend does.
 *
 * @param body parsed JSON, field names as in Resend's API
 * @throws ResendError naming the field: missing_required_field, validation_error or invalid_attachment
 */
export function readEmail(body: unknown): Email {
  if (!isObject(body)) throw invalid('The email must be a JSON object.');
  refuseUnknownFields(body);
  const email = {
    from: readFrom(body),
    to: readMailboxes(body, 'to', maxRecipients),
    cc: readMailboxes(body, 'cc', maxRecipients),
    bcc: readMailboxes(body, 'bcc', maxRecipients),
    replyTo: readMailboxes(body, 'reply_to', Number.POSITIVE_INFINITY),
    subject: readSubject(body),
    html: readText(body, 'html'),
    text: readText(body, 'text'),
    headers: readHeaders(body),
    tags: readTags(body),
    attachments: readAttachments(body.attachments),
  };
  if (email.to.length === 0) throw missing('to');
  if (!email.html && !email.text)
    throw new ResendError('missing_required_field', 'Missing `html` or `text` field.');
  return email;
}

/** Whether a JSON value is an object with fields. */
export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): ResendError {
  return new ResendError('validation_error', message);
}

function missing(field: string): ResendError {
  return new ResendError('missing_required_field', `Missing \`${field}\` field.`);
}

// Resend has more fields (scheduled_at, template, topic_id); taking them in silence would promise what is not done.
function refuseUnknownFields(body: Body): void {
  for (const [field, value] of Object.entries(body)) {
    if (!knownFields.has(field) && value !== null) {
      throw invalid(`The local Resend does not know the \`${field}\` field.`);
    }
  }
}

function readFrom(body: Body): Mailbox {
  const from = body.from;
  if (from === undefined || from === null || from === '') throw missing('from');
  return readMailbox(from, 'from');
}

function readMailbox(value: unknown, field: string): Mailbox {
  const mailbox = typeof value === 'string' ? parseMailbox(value) : undefined;
  if (mailbox) return mailbox;
  throw invalid(
    `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
  );
}

function readMailboxes(body: Body, field: string, most: number): Mailbox[] {
  const value = body[field] ?? [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > most)
    throw invalid(`The \`${field}\` field takes at most ${most} addresses, not ${list.length}.`);
  return list.map((one) => readMailbox(one, field));
}

function readSubject(body: Body): string {
  const subject = readText(body, 'subject');
  if (!subject) throw missing('subject');
  if (/\p{Cc}/u.test(subject))
    throw invalid('The `subject` field must be one line without control characters.');
  return subject;
}

function readText(body: Body, field: string): string | null {
  const value = body[field] ?? null;
  if (value !== null && typeof value !== 'string') throw invalid(`The \`${field}\` field must be a string.`);
  return value;
}

function readHeaders(body: Body): Record<string, string> {
  const headers = body.headers ?? {};
  if (!isObject(headers)) throw invalid('The `headers` field must be an object of strings.');
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]): [string, string] => {
      if (!/^[!-9;-~]+$/.test(name))
        throw invalid(`The \`headers\` field holds a bad name: ${JSON.stringify(name)}.`);
      if (typeof value !== 'string' || /\p{Cc}/u.test(value)) {
        throw invalid(`The \`headers\` field's ${name} must be a string of one line.`);
      }
      return [name, value];
    }),
  );
}

function readTags(body: Body): Tag[] {
  const tags = body.tags ?? [];
  if (!Array.isArray(tags)) throw invalid('The `tags` field must be an array of `{ name, value }`.');
  return tags.map((tag: unknown) => {
    const { name, value } = isObject(tag) ? tag : {};
    if (
      typeof name !== 'string' ||
      typeof value !== 'string' ||
      !tagShape.test(name) ||
      !tagShape.test(value)
    ) {
      throw invalid(
        'Invalid `tags` field. Tags should only contain ASCII letters, numbers, underscores, or dashes, 1 to 256 of them.',
      );
    }
    return { name, value };
  });
}
