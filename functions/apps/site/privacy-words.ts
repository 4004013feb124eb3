import type { Language } from '#platform/charity.ts';
import { amidChinese } from '#platform/receiver-words.ts';

/** The parts of the notice that come from the charity's configuration. */
interface Parties {
  /** Who asks for gifts. */
  readonly asks: string;
  /** Who receives and holds the money. */
  readonly receiver: string;
  /** Whether both are the same body. */
  readonly oneBody: boolean;
  /** Where questions and requests go. */
  readonly mail: string;
  /** Whether Stripe takes payments by card. */
  readonly takesCards: boolean;
  /** The text beside the box for appeals: what the donor agrees to. */
  readonly consent: string;
}

interface Section {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly points?: readonly string[];
}

/**
 * The sentences of the personal-information notice. A charity edits them here, and has a person who knows the Personal Data (Privacy)
 * Ordinance check them.
 */
const english = {
  title: 'Your personal data',
  lead: 'What we know of you when you give, what we need it for, and what you can ask of us.',
  sections: ({ asks, receiver, oneBody, mail, takesCards, consent }: Parties): readonly Section[] => [
    {
      title: 'Who collects your data',
      paragraphs: [
        oneBody
          ? `${asks} collects them through the form on this site, and answers for them.`
          : `${asks} asks for gifts on this site, and ${receiver} receives the money. Both use the data of the form, and answer for them together.`,
        `Write to ${mail} about anything on this page.`,
      ],
    },
    {
      title: 'What we collect',
      points: [
        'Your name and your e-mail address: without them we can neither take a gift nor thank you.',
        takesCards
          ? 'The amount, the campaign and the time of your gift, and what Stripe tells us of the payment: that it was made, its fee, a refund or a dispute.'
          : 'The amount, the campaign and the time of your gift, and what our bank shows us of it.',
        'If you give them: a name to show on the page and a comment. These are optional.',
        `For a few hours, at most two days: a code made from your network address and e-mail address, which keeps ${takesCards ? 'people with stolen cards' : 'floods of requests'} away. The addresses cannot be read from it.`,
        `${takesCards ? 'We never see your card number: you enter it at Stripe. ' : ''}This site sets no cookies and counts no visits.`,
      ],
    },
    {
      title: 'What we use them for',
      points: [
        'To take your gift, to thank you by e-mail and to answer you.',
        'To keep the books that the law asks of us, and to have them audited.',
        'To show your gift on the campaign’s page, as far as you have chosen to.',
        'To send you news and appeals, only if you have agreed to that.',
      ],
    },
    {
      title: 'News and appeals',
      paragraphs: [
        'Unless you agree, we do not use your data for direct marketing. You agree by ticking a box that is never ticked beforehand and says:',
        `“${consent}”`,
        `You can stop it at any time, free of charge: write to ${mail}. We pass your data to nobody for their own marketing.`,
      ],
    },
    {
      title: 'Who works with the data for us',
      points: [
        'Amazon Web Services stores them, in its Hong Kong region (ap-east-1).',
        ...(takesCards
          ? ['Stripe takes the payment. It works in several countries and has a privacy policy of its own.']
          : []),
        'Resend sends our e-mails, from the United States.',
        'We pass them to nobody else, unless the law demands it.',
      ],
    },
    {
      title: 'How long we keep them',
      points: [
        `${receiver} keeps the books for seven years. They hold amounts and times, and no names.`,
        'Your name and e-mail address are kept with your gift for as long, for questions and audits, or until you ask us to erase them.',
        'What you typed and did not pay for is erased by itself after about a month.',
      ],
    },
    {
      title: 'Your rights',
      paragraphs: [
        'Under the Personal Data (Privacy) Ordinance (Cap. 486) you may ask whether we hold data of yours, have a copy of them, and have them corrected. We answer within 40 days. You may also ask us to erase your name, comment and address; the amounts stay in the books.',
        `Write to ${mail}. So that we show your data to nobody else, we answer to the address that you gave with.`,
      ],
    },
  ],
};

type PrivacyWords = typeof english;

const chinese: PrivacyWords = {
  title: '個人資料收集聲明',
  lead: '您捐款時我們會收集哪些資料、作甚麼用途，以及您享有的權利。',
  sections: ({ asks, receiver, oneBody, mail, takesCards, consent }) => [
    {
      title: '誰收集您的資料',
      paragraphs: [
        oneBody
          ? `${amidChinese(asks).trimStart()}透過本網站的表格收集您的資料，並為此負責。`
          : `本網站的籌款由${amidChinese(asks)}發起，善款由${amidChinese(receiver)}收取。雙方均會使用表格上的資料，並共同負責。`,
        `如對本頁內容有任何疑問，請電郵至 ${mail}。`,
      ],
    },
    {
      title: '我們收集甚麼資料',
      points: [
        '您的姓名及電郵地址：沒有這些資料，我們便無法處理您的捐款及向您致謝。',
        takesCards
          ? '捐款的金額、項目及時間，以及 Stripe 就付款提供的資料，包括付款結果、手續費、退款及付款爭議。'
          : '捐款的金額、項目及時間，以及銀行就該筆款項提供的資料。',
        '您選擇提供的公開名稱及留言，均可選填。',
        `由您的網絡地址及電郵地址產生的代碼，只保留數小時，最多兩日，用以防止${takesCards ? '盜用信用卡' : '濫用表格'}；我們無法從代碼得知原來的地址。`,
        `${takesCards ? '信用卡號碼由您在 Stripe 的網頁輸入，我們不會得知。' : ''}本網站不使用 Cookie，亦不統計瀏覽紀錄。`,
      ],
    },
    {
      title: '資料用途',
      points: [
        '處理您的捐款、以電郵向您致謝及回覆您的查詢。',
        '備存法例規定的帳目，以及供審計之用。',
        '按您的選擇，在項目網頁上顯示您的捐款。',
        '在您同意的情況下，向您發送消息及籌款邀請。',
      ],
    },
    {
      title: '消息及籌款邀請',
      paragraphs: [
        '未經您同意，我們不會使用您的資料作直接促銷。表格上設有一個預設不勾選的方格，勾選即表示同意，內容為：',
        `「${consent}」`,
        `您可隨時免費要求停止，電郵至 ${mail} 即可。我們不會把您的資料交給他人作促銷用途。`,
      ],
    },
    {
      title: '代我們處理資料的機構',
      points: [
        'Amazon Web Services：儲存資料，伺服器位於香港（ap-east-1）。',
        ...(takesCards ? ['Stripe：處理付款。Stripe 在多個國家營運，並有其私隱政策。'] : []),
        'Resend：由美國代我們發送電郵。',
        '除非法律要求，我們不會把資料交給其他人。',
      ],
    },
    {
      title: '保存期限',
      points: [
        `${amidChinese(receiver).trimStart()}的帳目保存七年，當中只有金額及時間，沒有姓名。`,
        '您的姓名及電郵地址會隨捐款紀錄保存相同年期，以便查詢及審計；您亦可要求提早刪除。',
        '如您填寫表格後沒有付款，資料會在約一個月後自動刪除。',
      ],
    },
    {
      title: '您的權利',
      paragraphs: [
        '根據《個人資料（私隱）條例》（第 486 章），您有權查詢我們是否持有您的資料、索取副本及要求更正。我們會在 40 日內回覆。您亦可要求我們刪除您的姓名、留言及電郵地址；捐款金額則會保留在帳目中。',
        `請電郵至 ${mail}。為免向他人披露您的資料，我們會回覆到您捐款時所用的電郵地址。`,
      ],
    },
  ],
};

export function privacyWordsOf(language: Language): PrivacyWords {
  return language === 'en' ? english : chinese;
}
