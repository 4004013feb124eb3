import { describe, expect, it } from 'vitest';
import { importsOf } from './syntax.ts';
import { filesCalled, textOf } from './tree.ts';

interface Step {
  /** The heading that it stands under. */
  readonly part: string;
  readonly file: string;
}

/** A part of the developer's document, by its heading. */
function partOf(heading: string): string {
  return (
    textOf('infra/docs/developer.md')
      .split(/^## /m)
      .find((part) => part.startsWith(`${heading}\n`)) ?? ''
  );
}

const isEntry = (file: string) => /^functions\/[^/]+\.ts$/.test(file);

/** The files of the table in its order, each with the heading of its part. */
function stepsOf(text: string): Step[] {
  let part = '';
  return [...text.matchAll(/^\|[^|]*\|([^|]*)\|/gm)].flatMap(([, cell = '']) => {
    const heading = /^ \*\*([^`]+)\*\* $/.exec(cell)?.[1];
    if (heading !== undefined) part = heading;
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']): Step => {
      const called = filesCalled(name);
      return { part, file: called.length === 1 ? String(called[0]) : `${name}: ${called.length} files` };
    });
  });
}

/** The steps that neither begin a Lambda nor are imported by a file above them in their part. */
function lostIn(steps: readonly Step[]): string[] {
  return steps
    .filter(({ part, file }, index) => {
      if (isEntry(file)) return false;
      const above = steps.slice(0, index).filter((step) => step.part === part);
      return !above.some((step) =>
        importsOf({ path: step.file, text: textOf(step.file) }).some(({ target }) => target === file),
      );
    })
    .map(({ part, file }) => `${part}: ${file}`);
}

const ways = [
  { heading: 'Follow one gift', parts: ['Stripe says that it is paid', 'The mail'], most: 17 },
  { heading: 'Follow a refund by the staff', parts: undefined, most: 22 },
  { heading: 'Follow a mail', parts: undefined, most: 18 },
] as const;

describe.each(ways)('"$heading"', ({ heading, parts, most }) => {
  const steps = stepsOf(partOf(heading));
  const counted = steps.filter(({ part }) => parts === undefined || parts.some((one) => one === part));

  it('leads from each Lambda through its imports, without a step that a reader has to guess', () => {
    expect(steps.length).toBeGreaterThan(10);
    expect(lostIn(steps)).toEqual([]);
  });

  it(`takes at most ${most} files`, () => {
    expect(new Set(counted.map(({ part }) => part)).size).toBe(
      parts?.length ?? new Set(steps.map(({ part }) => part)).size,
    );
    expect(new Set(counted.map(({ file }) => file)).size).toBeLessThanOrEqual(most);
  });
});

describe('a way through the files', () => {
  it('shows a file that nothing above imports, one of another part, and a name that says nothing', () => {
    const made =
      '| | **One** | |\n| 1 | `functions/mailer.ts` → `payment.ts` | |\n| | **Two** | |\n| 2 | `send-mail.ts` | |\n';
    expect(lostIn(stepsOf(made))).toEqual([
      'One: functions/payments/payment/payment.ts',
      'Two: functions/apps/mailer/send-mail.ts',
    ]);
    expect(stepsOf('| 1 | `package.json`, `gone.ts` | |').map(({ file }) => file)).toEqual([
      'package.json: 2 files',
      'gone.ts: 0 files',
    ]);
  });
});
