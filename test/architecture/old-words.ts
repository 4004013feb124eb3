import { posix } from 'node:path';
import type { SourceFile } from './syntax.ts';

/** A word that the glossary replaced: where it must not stand any more, and what to say. */
interface OldWord {
  readonly say: string;
  /** In comments, in decisions and in the titles of tests. */
  readonly comment?: RegExp;
  /** In names that the code declares or uses; stored attributes and the API's fields stand in `served`. */
  readonly name?: RegExp;
  /** Only below these folders; everywhere when left out. */
  readonly below?: readonly string[];
}

/** The left column's other half of `infra/docs/glossary.md`, "Say this, not that". */
export const oldWords: readonly OldWord[] = [
  { say: 'donor, supporter', comment: /\bgivers?\b|\bsomebody\b|\bwhoever\b/i, name: /[gG]iver/ },
  {
    say: 'duplicate, late, out of order, reported',
    comment: /\btold\b|\bno news\b|\ba copy of\b/i,
    name: /^told[A-Z]|[a-z]Told(?![a-z])/,
  },
  {
    say: 'posting',
    comment: /\bsides\b/i,
    name: /^[sS]ides?$|^sidesOf$/,
    below: ['functions/accounting', 'functions/payments', 'functions/kernel'],
  },
  {
    say: 'reverse, refundable amount, net amount, fully reversed',
    comment: /\bg(?:iven?|ives|ave) back\b|\bleft to refund\b|\btaken between\b/i,
    name: /[gG]ivenBack|leftToRefund|amountLeft|takenBetween/,
  },
  {
    say: 'comment (moderate, approve, reject)',
    comment: /\bwords that wait\b|\benlist\w*/i,
    name: /[eE]nlist|WaitingWords|moderateWords/,
  },
  {
    say: 'pay out, disbursement',
    comment: /\bhand(?:s|ed|ing)? (?:\w+ )?over\b/i,
    name: /[hH]andOver(?!s?$)|parseHandOver/,
    below: ['functions/accounting', 'functions/apps/api-document'],
  },
  { say: 'enqueue, requeue', comment: /\breoffer\w*|\boffered again\b/i, name: /[rR]eoffer/ },
  {
    say: 'resolve, match, transition',
    comment: /(?<!-)\bsettl(?:e|es|ed|ing)\b/i,
    name: /^settle(?!d?$|dAt$)|[a-z]Settle(?!dAt)/,
  },
  { say: 'record', comment: /\bnotes that\b|\bnoted\b/i, name: /^note[A-Z]/ },
  { say: 'schedule erasure, cancel erasure', comment: /\bforgotten\b/i, name: /Forgotten/ },
  { say: 'rate limit, breaker open', comment: /\bwary\b|\btrips\b|\blets in\b/i, name: /^wary$|^trips$/ },
  {
    say: 'under review',
    comment: /\bheld\b/i,
    name: /[hH]eldGift|^isHeld$/,
    below: ['functions/payments/payment', 'functions/giving/latest-gifts', 'functions/giving/comments'],
  },
];

/** Names that are stored, served or configured, and stay. */
const served = new Set([
  'allSettled',
  'settledBy',
  'settledNote',
  'settled',
  'settle',
  'settledAt',
  'sides',
  'told',
  'handOver',
  'words',
  'held',
]);

const commentPattern = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g;

const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ');
const decision = /^infra\/decisions\/.*\.md$/;
const test = /\.test\.tsx?$/;
const titlePattern = /(?:\b(?:it|describe)(?:\.\w+)*|\))\(\s*(?:(['"`])(?:\\.|(?!\1)[^\\])*\1)/g;

/** What of a file is written in sentences: its comments, a test's titles, all of a decision but what stands in backticks. */
function sentencesOf({ path, text }: SourceFile): RegExpExecArray[] {
  if (decision.test(path)) return [...text.replaceAll(/`[^`\n]*`/g, blank).matchAll(/[\s\S]+/g)];
  return [...text.matchAll(commentPattern), ...(test.test(path) ? text.matchAll(titlePattern) : [])];
}

/** The old words of a file, each as `path:line says "…": say …`. */
export function oldWordsIn({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  const sentences = sentencesOf({ path, text });
  const mirrored = path.replace(/^test\/unit\//, 'functions/');
  const report = (at: number, word: string, say: string) => {
    const line = text.slice(0, at).split('\n').length;
    found.push(`${path}:${line} says "${word}": say ${say}`);
  };
  const code = decision.test(path) ? '' : text.replaceAll(commentPattern, blank);
  const names = [...code.replaceAll(/(['"`])(?:\\.|(?!\1)[^\\\n])*\1/g, blank).matchAll(/[A-Za-z_$][\w$]*/g)];
  for (const { say, comment, name, below } of oldWords) {
    if (below && !below.some((folder) => mirrored.startsWith(`${folder}/`))) continue;
    if (comment) {
      for (const one of sentences) {
        for (const hit of one[0].matchAll(new RegExp(comment, 'gi')))
          report(one.index + hit.index, hit[0], say);
      }
    }
    if (name) {
      for (const one of names) if (!served.has(one[0]) && name.test(one[0])) report(one.index, one[0], say);
      const base = posix
        .basename(path)
        .replace(/\..*$/, '')
        .replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      if (name.test(base)) report(0, posix.basename(path), say);
    }
  }
  return found;
}
