import { ResendError } from './errors.ts';

/** A file sent with an email. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  /** Empty for a file that the HTML part does not show. */
  readonly contentId: string;
  readonly content: Buffer;
}

const base64Shape = /^[A-Za-z0-9+/]*={0,2}$/;
// Resend's limit of 40 MB counts the base64 form of all attachments of an email together: 3 bytes in 4 characters.
const mostBytes = (40 * 1024 * 1024 * 3) / 4;

/**
 * Validates the `attachments` field.
 *
 * @param value undefined, or an array of `{ filename, content (base64), content_type?, content_id? }`
 * @throws ResendError invalid_attachment; a `path` is refused because the local Resend fetches nothing
 */
export function readAttachments(value: unknown): Attachment[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid('The `attachments` field must be an array.');
  const attachments = value.map(readAttachment);
  const size = attachments.reduce((sum, { content }) => sum + content.length, 0);
  if (size > mostBytes) throw invalid('The `attachments` field holds more than 40 MB of base64.');
  return attachments;
}

function invalid(message: string): ResendError {
  return new ResendError('invalid_attachment', message);
}

function readAttachment(value: unknown): Attachment {
  const { filename, content, path, content_type, content_id } = (value ?? {}) as Record<string, unknown>;
  if (path !== undefined)
    throw invalid('The local Resend does not fetch the `path` of an attachment; send `content`.');
  if (typeof content !== 'string') throw invalid('Attachment must have either a `content` or `path`.');
  const base64 = content.replace(/\s/g, '');
  if (!base64Shape.test(base64)) throw invalid('The `content` of an attachment must be base64.');
  if (typeof filename !== 'string' || !isOneLine(filename))
    throw invalid('An attachment needs a `filename` of one line.');
  return {
    filename,
    contentType: optionalLine(content_type, 'content_type') ?? 'application/octet-stream',
    contentId: optionalLine(content_id, 'content_id') ?? '',
    content: Buffer.from(base64, 'base64'),
  };
}

function optionalLine(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !isOneLine(value))
    throw invalid(`The \`${field}\` of an attachment must be one line.`);
  return value;
}

function isOneLine(text: string): boolean {
  return /^[^\p{Cc}"]+$/u.test(text);
}
