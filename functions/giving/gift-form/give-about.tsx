import { charity, type Language } from '#platform/charity.ts';
import { asksAndReceives, receiverWithStatus, statementText } from '#platform/receiver-words.ts';
import { settings } from '#platform/settings.ts';
import { localPath } from '#platform/web/languages.ts';
import { giveWordsOf } from './give-words.ts';

/**
 * The lines before the button: who asks and who receives (one line where they are the same body), what the card statement shows, whom
 * to ask.
 */
export function Parties({ language }: { language: Language }) {
  const words = giveWordsOf(language);
  const receiver = receiverWithStatus(language);
  const { whatsApp, replyTo } = settings();
  return (
    <div class="note">
      <p>
        {asksAndReceives()
          ? words.whoAlone(receiver)
          : words.who(charity.legalName[language], receiver, charity.receiverAbout[language])}
        {language === 'en' && ' '}
        {words.statement(statementText())}
      </p>
      <p class="ask">
        {words.question}{' '}
        {whatsApp && (
          <>
            <a href={whatsApp} rel="noopener noreferrer">
              {words.whatsApp}
            </a>{' '}
          </>
        )}
        <a href={`mailto:${replyTo}`}>{replyTo}</a>
      </p>
    </div>
  );
}

/**
 * What a donor looks for before paying: that it is safe, how one can pay, how to get money back, whom to ask, and the
 * personal-information notice in short (PDPO Cap. 486, data protection principle 1), with a link to the full one.
 */
export function GiveAbout({ language }: { language: Language }) {
  const words = giveWordsOf(language);
  const names = [...new Set([charity.legalName[language], charity.receiver[language]])];
  const who = names.join(language === 'en' ? ' and ' : '及 ');
  const { address, paymentMeans } = charity;
  const { replyTo } = settings();
  return (
    <div class="about note">
      <p class="safe">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M10 1 3 4v5c0 5 3 8 7 10 4-2 7-5 7-10V4zm-1 12L6 10l1-1 2 2 4-4 1 1z" />
        </svg>
        <span>
          <strong>{words.secure}</strong>
          {paymentMeans && (language === 'en' ? ' ' : '') + paymentMeans[language]}
        </span>
      </p>
      <ul>
        <li>
          {words.refunds} <a href={`mailto:${replyTo}`}>{replyTo}</a>
        </li>
        {address && <li>{words.addressOf(charity.receiver[language], address[language])}</li>}
        <li>
          {words.noticeShort(who)}
          {language === 'en' && ' '}
          <a href={localPath(language, '/privacy')}>{words.noticeMore}</a>
        </li>
      </ul>
    </div>
  );
}
