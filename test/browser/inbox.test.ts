import { describe, expect, onTestFinished } from 'vitest';
import { mail, ResendUnderTest } from '../../infra/local/test/support/resend-under-test.ts';
import { browserStory as it } from '../support/browser-story.ts';
import { openPage } from '../support/donor.ts';

describe('the local inbox on a phone', () => {
  it('shows the list, and a mail in every view, without scrolling sideways', async ({ browser }) => {
    const local = await ResendUnderTest.start();
    onTestFinished(() => local.close());
    const tags = [{ name: 'checkout', value: `chk_${'0123456789abcdef'.repeat(2)}` }];
    await local.post({ ...mail, to: `${'ada'.repeat(20)}@example.com`, tags });
    const page = await openPage(browser, { width: 390, height: 844 });
    const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
    await page.goto(local.url);
    expect(await width()).toBe(390);
    await page.click('table a');
    const views = await page.locator('.views a').evaluateAll((links) => links.map(String));
    expect(views).toHaveLength(5);
    for (const view of views) {
      await page.goto(view);
      expect(await width(), view).toBe(390);
    }
  });
});
