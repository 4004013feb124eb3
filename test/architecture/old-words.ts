import { posix } from 'node:path';
import { type Piece, readCode } from './code.ts';
import type { SourceFile } from './syntax.ts';

/** A word that the glossary replaced: where it must not stand any more, and what to say. */
interface OldWord {
  readonly say: string;
  /** In sentences: comments, documents, titles of tests, and what the code says to people. */
  readonly sentence?: RegExp;
  /** As `sentence`, but not in comments and titles of tests, where it has its plain English use. */
  readonly said?: RegExp;
  /** In names that the code declares or uses; stored attributes and the API's fields stand in `served`. */
  readonly name?: RegExp;
  /** Only below these folders; everywhere when left out. */
  readonly below?: readonly string[];
}

const product = ['functions', 'emails', 'infra'];

/** The left column's other half of `infra/docs/glossary.md`, "Say this, not that". */
export const oldWords: readonly OldWord[] = [
  { say: 'donor, supporter', sentence: /\bgivers?\b|\bsomebody\b|\bwhoever\b/, name: /[gG]iver/ },
  {
    say: 'duplicate, late, out of order, reported',
    sentence: /\btold\b|\bno news\b|\ba copy of\b/,
    name: /^told[A-Z]|[a-z]Told(?![a-z])/,
  },
  { say: 'reported', name: /^told$/, below: product },
  {
    say: 'posting',
    sentence: /\bsides\b/,
    said: /\bside\b/,
    name: /^[sS]ides?$|^sidesOf$/,
    below: ['functions/accounting', 'functions/payments', 'functions/kernel'],
  },
  { say: 'posting, journal entry', name: /^moves(?![a-z])|[a-z]Moves(?![a-z])|^Moves$/, below: product },
  {
    say: 'reverse, refundable amount, net amount, fully reversed',
    sentence:
      /\bg(?:iv(?:en?|es|ing)|ave) (?:\w+ ){0,2}back\b|\bleft (?:to (?:be )?refund|of (?:an?|the|this) gift\b)|\btaken between\b/,
    name: /[gG]ivenBack|leftToRefund|amountLeft|takenBetween/,
  },
  {
    say: 'comment (moderate, approve, reject)',
    sentence: /\bwords that wait\b|\benlist\w*/,
    said: /(?<![-/]|plain )\bwords\b|\brefuse (?:words|(?:a|the) comment)\b/,
    name: /[eE]nlist|WaitingWords|moderateWords/,
  },
  {
    say: 'comment (moderate, approve, reject)',
    said: /\brefuse\b/,
    below: ['functions/giving/comments', 'infra/tools/comments', 'infra/docs/volunteer.md'],
  },
  {
    say: 'pay out, disbursement',
    sentence: /\bhand(?:s|ed|ing)? (?:\w+ )?over\b/,
    name: /[hH]andOver(?!s?$)|parseHandOver/,
    below: ['functions', 'infra/docs'],
  },
  {
    say: 'enqueue, requeue',
    sentence: /\breoffer\w*|\boffer(?:s|ed)? (?:it |them )?again\b/,
    name: /[rR]eoffer|^offers?$|^offer[A-Z]/,
  },
  {
    say: 'resolve, match, transition',
    sentence: /(?<!-)\bsettl(?:e|es|ed|ing)\b/,
    name: /^settle(?!d?$|dAt$)|[a-z]Settle(?!dAt)|^unsettled/,
  },
  {
    say: 'record',
    sentence: /\bnotes that\b|\bnoted\b/,
    said: /^Note (?:the|that)\b/,
    name: /^note[A-Z]|^Noted|[a-z]Noted/,
  },
  {
    say: 'schedule erasure, cancel erasure',
    sentence: /\bforgotten\b/,
    name: /Forgotten/,
  },
  { say: 'record', name: /^kept(?!Until$)|[a-z]Kept(?![a-z])/, below: product },
  { say: 'rate limit, breaker open', sentence: /\bwary\b|\btrips\b|\blets in\b/, name: /^wary$|^trips$/ },
  {
    say: 'under review',
    sentence: /\bheld\b/,
    name: /[hH]eldGift|^isHeld$/,
    below: ['functions/payments/payment', 'functions/giving/latest-gifts', 'functions/giving/comments'],
  },
  {
    say: 'under review',
    said: /\bgifts? (?:that )?(?:is|was|are) (?:not )?held\b|\bheld gifts?\b/,
    name: /[hH]oldReason|[a-z]ToHold$/,
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
  'handOver',
  'words',
  'held',
  'emailKept',
]);

/** Where an old word stays: the file, the words around it as they stand there, and why. */
export const allowed: readonly (readonly [path: string, around: string, why: string])[] = [
  ['functions/payments/guard/guard-item.ts', 'told', 'the stored attribute'],
  ['functions/giving/comments/comment-api.ts', '"refuse"', 'the value that the API takes'],
  ['functions/giving/campaign-pages/campaign-words.ts', 'Tell somebody', 'anybody, not a donor'],
  ['functions/apps/site/privacy-words.ts', 'have a copy of them', 'the right that the Ordinance gives'],
  ['infra/demo/campaigns.ts', 'it has to be given back', 'an office, not a gift'],
  ['infra/demo/campaigns.ts', 'when somebody is released', 'anybody, not a donor'],
];

const commentPattern = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g;

const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ');
const document = /\.md$/;
const test = /\.test\.tsx?$/;
const titlePattern = /(?:\b(?:it|describe)(?:\.\w+)*|\))\(\s*(?:(['"`])(?:\\.|(?!\1)[^\\])*\1)/g;
const ofTests = /^test\/|^infra\/local\/test\//;

/** A document but for what stands in backticks, and the glossary but for its table of old words. */
function proseOf({ path, text }: SourceFile): Piece {
  const prose = text.replaceAll(/`[^`\n]*`/g, blank);
  const own = /^## Say this[\s\S]*?(?=^## The trade)/m;
  return { index: 0, text: path === 'infra/docs/glossary.md' ? prose.replace(own, blank) : prose };
}

/** What a file names; what it says to people; what it says to who works on it, in comments and titles of tests. */
function piecesOf(file: SourceFile): Record<'names' | 'said' | 'inner', readonly Piece[]> {
  const { path, text } = file;
  if (document.test(path)) return { names: [], said: [proseOf(file)], inner: [] };
  const inner = [...text.matchAll(commentPattern), ...(test.test(path) ? text.matchAll(titlePattern) : [])];
  const { names, said } = readCode(file);
  return {
    names: [...names, { index: 0, text: camelCase(posix.basename(path).replace(/\..*$/, '')) }],
    said: ofTests.test(path) ? [] : said,
    inner: inner.map(({ index, 0: sentence }) => ({ index, text: sentence })),
  };
}

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The old words of a file, each as `path:line says "…": say …`. */
export function oldWordsIn(file: SourceFile, exceptions = allowed): string[] {
  const { path, text } = file;
  const found = new Set<string>();
  const mirrored = path.replace(/^test\/unit\//, 'functions/');
  const { names, said, inner } = piecesOf(file);
  for (const old of oldWords) {
    if (old.below && !old.below.some((place) => mirrored === place || mirrored.startsWith(`${place}/`)))
      continue;
    const look = (pieces: readonly Piece[], pattern: RegExp | undefined) => {
      if (pattern === undefined) return;
      for (const piece of pieces) {
        for (const { index, 0: word } of piece.text.matchAll(pattern)) {
          const around = piece.text.slice(Math.max(0, index - 40), index + word.length + 40);
          const line = text.slice(0, piece.index + index).split('\n').length;
          const isAllowed = exceptions.some((each) => each[0] === path && around.includes(each[1]));
          if (!isAllowed) found.add(`${path}:${line} says "${word}": say ${old.say}`);
        }
      }
    };
    look([...said, ...inner], old.sentence && new RegExp(old.sentence, 'gi'));
    look(said, old.said && new RegExp(old.said, 'gi'));
    look(
      names.filter((name) => !served.has(name.text)),
      old.name && new RegExp(`.*(?:${old.name.source}).*`, 'g'),
    );
  }
  return [...found];
}
