import { describe, expect, it } from 'vitest';
import { importsOf } from './rules.ts';
import { filesCalled, textOf } from './tree.ts';

interface Step {
  /** The heading that it stands under. */
  readonly part: string;
  readonly file: string;
}

const table = /^## Follow one gift$([\s\S]*?)^## /m.exec(textOf('infra/docs/developer.md'))?.[1] ?? '';
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

describe('"Follow one gift"', () => {
  const steps = stepsOf(table);
  const filesOf = (...parts: string[]) => steps.filter(({ part }) => parts.includes(part)).length;

  it('leads from each Lambda through its imports, without a step that a reader has to guess', () => {
    expect(steps.length).toBeGreaterThan(20);
    expect(lostIn(steps)).toEqual([]);
  });

  it('takes at most 17 files from the event that says that it is paid to the mail', () => {
    expect(filesOf('Stripe says that it is paid')).toBeGreaterThan(0);
    expect(filesOf('The mail')).toBeGreaterThan(0);
    expect(filesOf('Stripe says that it is paid', 'The mail')).toBeLessThanOrEqual(17);
  });

  it('shows a file that nothing above imports, one of another part, and a name that says nothing', () => {
    const made =
      '| | **One** | |\n| 1 | `functions/mailer.ts` → `gift.ts` | |\n| | **Two** | |\n| 2 | `send-mail.ts` | |\n';
    expect(lostIn(stepsOf(made))).toEqual([
      'One: functions/payments/gifts/gift.ts',
      'Two: functions/apps/mailer/send-mail.ts',
    ]);
    expect(stepsOf('| 1 | `package.json`, `gone.ts` | |').map(({ file }) => file)).toEqual([
      'package.json: 2 files',
      'gone.ts: 0 files',
    ]);
  });
});
