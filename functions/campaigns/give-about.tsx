import { charity, type Language } from '../platform/charity.ts';
import { asksAndReceives, receiverWithStatus, statementText } from '../platform/receiver-words.ts';
import { formatCardFee } from './cover-box.tsx';
import { giveWordsOf } from './give-words.ts';

/** What a giver has to know: who asks, who receives, the fee, the card statement, whom to ask, and what happens to the data. */
export function GiveAbout({ language }: { language: Language }) {
  const words = giveWordsOf(language);
  const receiver = charity.receiver[language];
  const fee = charity.cardFee && formatCardFee(charity.cardFee);
  return (
    <div class="about note">
      <h3>{words.goodToKnow}</h3>
      <ul>
        <li>
          {asksAndReceives()
            ? words.whoAlone(receiverWithStatus(language))
            : words.who(
                charity.legalName[language],
                receiverWithStatus(language),
                charity.receiverAbout[language],
              )}
        </li>
        {fee && (
          <li>
            {charity.feesBorneBy === 'receiver' ? words.feeByReceiver(fee, receiver) : words.feeByFund(fee)}
          </li>
        )}
        <li>{words.statement(statementText())}</li>
      </ul>
      <p class="ask">
        {words.question}{' '}
        {charity.whatsApp && (
          <a href={charity.whatsApp} rel="noopener noreferrer">
            {words.whatsApp}
          </a>
        )}{' '}
        <a href={`mailto:${charity.replyTo}`}>{charity.replyTo}</a>
      </p>
    </div>
  );
}

/** The personal-information notice at the form (PDPO Cap. 486, data protection principle 1): short, and whole on request. */
export function PersonalDataNotice({ language }: { language: Language }) {
  const words = giveWordsOf(language);
  const names = [...new Set([charity.legalName[language], charity.receiver[language]])];
  const who = names.join(language === 'en' ? ' and ' : '及 ');
  return (
    <div class="note">
      <h3>{words.noticeTitle}</h3>
      <p>{words.noticeShort(who)}</p>
      <details>
        <summary>{words.noticeMore}</summary>
        {words.notice(who, charity.receiver[language], charity.replyTo).map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </details>
    </div>
  );
}
