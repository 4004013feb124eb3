import type { Month } from '#platform/clock.ts';

/**
 * What can be exported: gifts, a row each; the ledger, a row a posting; the books for an accountant, a row an entry; what the
 * receipts of a tax year say, a row a donor.
 */
export const exportKinds = ['gifts', 'ledger', 'month', 'receipts'] as const;

export type ExportKind = (typeof exportKinds)[number];

/** Why an attempt failed. */
export const exportFailures = [
  'out-of-time',
  'files-unavailable',
  'books-unavailable',
  'unexpected',
] as const;

export type ExportFailure = (typeof exportFailures)[number];

/** Which part of the books goes into the file. */
export interface ExportRequest {
  readonly kind: ExportKind;
  /** The first Hong Kong month. */
  readonly from: Month;
  /** The last Hong Kong month, included. */
  readonly to: Month;
  /** Only this campaign; all campaigns when undefined. */
  readonly campaign: string | undefined;
  /** Whether the file holds the donors' names and addresses. */
  readonly people: boolean;
}

/** An export that a person of the staff asked for. The item holds no personal data: the file may, and is deleted after seven days. */
export interface Export extends ExportRequest {
  readonly id: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly state: 'asked' | 'running' | 'done' | 'failed';
  /** How many attempts have begun. */
  readonly attempts: number;
  /** While an attempt runs: the end of its lease; after it the writer counts as gone. */
  readonly runningUntil: Date | undefined;
  /** Why the last attempt failed; of a failed export, why it was given up. */
  readonly reason: ExportFailure | undefined;
  readonly file: ExportFile | undefined;
}

export interface ExportFile {
  /** Rows below the header. */
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256, hexadecimal digits. */
  readonly sha256: string;
  readonly writtenAt: Date;
}

/** The number of attempts after which an export fails. */
export const mostAttempts = 4;

/** How long a link to the file works, in seconds. */
export const linkSeconds = 15 * 60;

/** How long the file can be fetched, in milliseconds; the bucket deletes it within a day after that. */
const fileLifetime = 7 * 24 * 3_600_000;

/** The state as the staff sees it; a file that is deleted, or about to be, is `expired`. */
export function shownState({ state, file }: Export, now: Date): Export['state'] | 'expired' {
  const isGone = file !== undefined && now.getTime() >= fileEnd(file).getTime();
  return state === 'done' && isGone ? 'expired' : state;
}

/** Until when the file can be fetched. */
export function fileEnd({ writtenAt }: ExportFile): Date {
  return new Date(writtenAt.getTime() + fileLifetime);
}

/** Whether an attempt may begin: no attempt runs, or the lease of the running one is over. */
export function isFree({ state, runningUntil }: Export, now: Date): boolean {
  if (state === 'running') return runningUntil !== undefined && runningUntil <= now;
  return state === 'asked';
}

/** The name under which a browser saves the file. */
export function filenameOf({ kind, from, to, campaign }: ExportRequest): string {
  const months = from === to ? from : `${from}-to-${to}`;
  return `tideover-${kind}-${months}${campaign ? `-${campaign}` : ''}.csv`;
}
