import type { Month } from '#platform/clock.ts';

/** What can be exported: gifts, a row each, or the ledger, a row a side of each entry. */
export const exportKinds = ['gifts', 'ledger'] as const;

/** One of them. */
export type ExportKind = (typeof exportKinds)[number];

/** Why an export was given up. */
export const exportFailures = [
  'out-of-time',
  'files-unavailable',
  'books-unavailable',
  'unexpected',
] as const;

/** One of them. */
export type ExportFailure = (typeof exportFailures)[number];

/** What is asked for: what of the books goes into the file. */
export interface ExportRequest {
  readonly kind: ExportKind;
  /** The first Hong Kong month. */
  readonly from: Month;
  /** The last one, included. */
  readonly to: Month;
  /** One campaign alone; all when undefined. */
  readonly campaign: string | undefined;
  /** Whether the donors' names and addresses stand in the file. */
  readonly people: boolean;
}

/** A file that somebody of the staff asked for. It holds no personal data: the file does, and is deleted after seven days. */
export interface Export extends ExportRequest {
  readonly id: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly state: 'asked' | 'running' | 'done' | 'failed';
  /** How often the writing was begun. */
  readonly attempts: number;
  /** While it runs: the moment after which nobody writes it any more. */
  readonly runningUntil: Date | undefined;
  /** Why the last attempt ended; of a failed export, why it was given up. */
  readonly reason: ExportFailure | undefined;
  readonly file: ExportFile | undefined;
}

/** A file that was written. */
export interface ExportFile {
  /** Rows below the header. */
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256, hexadecimal digits. */
  readonly sha256: string;
  readonly writtenAt: Date;
}

/** How often an export is begun before it is given up. */
export const mostAttempts = 4;

/** For how long a link to the file holds, in seconds. */
export const linkSeconds = 15 * 60;

/** For how long the file is kept, in milliseconds; the bucket deletes it within a day after. */
const kept = 7 * 24 * 3_600_000;

/** What is told of an export's state; a file that is gone, or soon gone, is `expired`. */
export function shownState({ state, file }: Export, now: Date): Export['state'] | 'expired' {
  const isGone = file !== undefined && now.getTime() >= fileEnd(file).getTime();
  return state === 'done' && isGone ? 'expired' : state;
}

/** Until when a file can be fetched. */
export function fileEnd({ writtenAt }: ExportFile): Date {
  return new Date(writtenAt.getTime() + kept);
}

/** What may be begun at a moment: one that waits, or one whose writer ended without a word. */
export function isFree({ state, runningUntil }: Export, now: Date): boolean {
  if (state === 'running') return runningUntil !== undefined && runningUntil <= now;
  return state === 'asked';
}

/** What a browser calls the file. */
export function filenameOf({ kind, from, to, campaign }: ExportRequest): string {
  const months = from === to ? from : `${from}-to-${to}`;
  return `tideover-${kind}-${months}${campaign ? `-${campaign}` : ''}.csv`;
}
