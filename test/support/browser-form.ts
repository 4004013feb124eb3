import type { siteOn } from './site.ts';

/** The fields of a form that is right, as a browser sends them. */
export const filledIn: Readonly<Record<string, string>> = {
  formKey: 'form-1',
  amount: 'other',
  otherAmount: '123.40',
  name: 'Juniper <b>',
  email: 'juniper@example.org',
  message: 'Stay "warm"',
  displayName: 'Juniper & co',
  hideAmount: 'yes',
  marketingConsent: 'yes',
};

/** The same fields as the form shows them again: the typed amount has become a choice. */
export const shownAgain = { ...filledIn, amount: '12340', otherAmount: '' };

export const campaignPath = '/campaigns/lai-chi-kok-warehouse';

/** Sends the form as a browser does. */
export function sendForm(
  app: ReturnType<typeof siteOn>,
  fields: Readonly<Record<string, string>> = filledIn,
  path = campaignPath,
): Promise<Response> {
  return Promise.resolve(app.request(path, { method: 'POST', body: new URLSearchParams(fields) }));
}

/** What a page's form would send if its button were pressed: hidden fields, texts, and what is chosen or ticked. */
export function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const chosen = !/type="(?:radio|checkbox)"/.test(tag) || /\bchecked\b/.test(tag);
    const name = attribute('name');
    if (name && chosen) fields[name] = asTyped(attribute('value') ?? '');
  }
  for (const [, name = '', text = ''] of html.matchAll(
    /<textarea[^>]*\bname="([^"]*)"[^>]*>([^<]*)<\/textarea>/g,
  )) {
    fields[name] = asTyped(text);
  }
  const button = /<button[^>]*name="again"[^>]*value="yes"/.test(html);
  return { ...fields, ...(button && { again: 'yes' }) };
}

function asTyped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
