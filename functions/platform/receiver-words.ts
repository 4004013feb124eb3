import { type Charity, charity, type Language } from './charity.ts';

/**
 * What the Inland Revenue says of the receiver, for pages, mails and the API: it recognises charities as tax-exempt, and registers none.
 *
 * @returns for example "tax-exempt charity under section 88, IR file 91/12345"; undefined where no file number is configured
 */
function taxStatus(
  language: Language,
  { section88 }: Pick<Charity, 'section88'> = charity,
): string | undefined {
  if (section88 === undefined) return undefined;
  return language === 'en'
    ? `tax-exempt charity under section 88, IR file ${section88}`
    : `根據《稅務條例》第 88 條獲豁免繳稅的慈善機構，檔案編號 ${section88}`;
}

/** The receiver's legal name, and behind it the tax status where there is one: "Drink For Justice (tax-exempt charity under …)". */
export function receiverWithStatus(
  language: Language,
  of: Pick<Charity, 'receiver' | 'section88'> = charity,
): string {
  const status = taxStatus(language, of);
  const name = of.receiver[language];
  if (status === undefined) return name;
  return language === 'en' ? `${name} (${status})` : `${name}（${status}）`;
}

/** Whether the body that asks for gifts receives them itself, so that one sentence names it once. */
export function asksAndReceives(of: Pick<Charity, 'legalName' | 'receiver'> = charity): boolean {
  return of.legalName.en === of.receiver.en && of.legalName['zh-HK'] === of.receiver['zh-HK'];
}

/** Stripe's rule for statement descriptors: so many characters at most. */
const longestStatement = 22;

/**
 * What the donor's card statement shows: the configured text, else the receiver's English name brought into Stripe's form.
 *
 * @returns at most 22 characters; shorter than Stripe's 5 where the name has too few Latin letters, which is refused at synth and start
 */
export function statementText(of: Pick<Charity, 'statementDescriptor' | 'receiver'> = charity): string {
  if (of.statementDescriptor !== undefined) return of.statementDescriptor;
  const latin = of.receiver.en
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]|[<>\\'"*]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toUpperCase();
  if (latin.length <= longestStatement) return latin;
  const cut = latin.slice(0, longestStatement + 1);
  // Between two words, unless that leaves next to nothing.
  const end = cut.lastIndexOf(' ');
  return cut.slice(0, end >= 5 ? end : longestStatement).trim();
}

/**
 * A configured name amid Chinese words: with a space where it begins or ends in other than Chinese, as Hong Kong sets it.
 * @returns for example " Drink For Justice ", and "海山廚房有限公司" as it is; a sentence that begins with it trims the start
 */
export function amidChinese(name: string): string {
  const isChinese = (letter = '') => /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(letter);
  const letters = [...name];
  return `${isChinese(letters.at(0)) ? '' : ' '}${name}${isChinese(letters.at(-1)) ? '' : ' '}`;
}
