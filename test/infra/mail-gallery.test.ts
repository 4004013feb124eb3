import { describe, expect, it } from 'vitest';
import { charity } from '#platform/charity.ts';
import { catalogue } from '../../emails/catalogue.ts';
import { mailGallery } from '../../infra/tools/mail-gallery.tsx';

describe('the gallery of mails', () => {
  it('shows every mail in every language and variant, as HTML in a frame that runs nothing and as text', async () => {
    const gallery = await mailGallery('/__local/mails');
    expect(gallery?.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const html = (await gallery?.text()) ?? '';
    for (const [name, { variants }] of Object.entries(catalogue)) {
      for (const language of ['en', 'zh-HK']) {
        for (const variant of ['usual', ...Object.keys(variants)]) {
          const path = `/__local/mails/${name}/${language}/${variant}`;
          expect(html).toContain(`src="${path}"`);
          const mail = await mailGallery(path);
          expect(await mail?.text()).toContain('</html>');
          const policy = mail?.headers.get('content-security-policy');
          expect(policy).toMatch(/frame-ancestors 'self'; sandbox(?!.*allow-scripts)/);
        }
      }
    }
    for (const [frame] of html.matchAll(/<iframe[^>]*>/g)) expect(frame).toContain('sandbox="allow-popups"');
    expect(html).toContain('感謝您支持');
    for (const name of Object.values(charity.name)) expect(html).toContain(name);
    expect(html).not.toMatch(/Example Charity|示範慈善機構/);
    expect(html).not.toContain('<script');
  });

  it('has no mail that the catalogue has not', async () => {
    for (const path of ['/__local/mails/none/en/usual', '/__local/mails/gift-received/fr/usual']) {
      expect(await mailGallery(path)).toBeUndefined();
    }
  });
});
