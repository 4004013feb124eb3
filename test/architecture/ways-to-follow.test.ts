import { describe, expect, it } from 'vitest';
import { importsOf } from './syntax.ts';
import { textOf } from './tree.ts';
import { partOf, type Step, stepsOf } from './ways.ts';

const isEntry = (file: string) => /^functions\/[^/]+\.ts$/.test(file);

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
  { heading: 'Follow one gift', most: 17 },
  { heading: "From the form to Stripe's page", most: 17 },
  { heading: 'Follow a refund by the staff', most: 22 },
  { heading: 'Follow a mail', most: 18 },
] as const;

describe.each(ways)('"$heading"', ({ heading, most }) => {
  const steps = stepsOf(partOf(heading));

  it('leads from each Lambda through its imports, without a step that a reader has to guess', () => {
    expect(steps.length).toBeGreaterThan(7);
    expect(lostIn(steps)).toEqual([]);
  });

  it(`takes at most ${most} files, all that it lists`, () => {
    expect(new Set(steps.map(({ file }) => file)).size).toBeLessThanOrEqual(most);
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
