import type { TrusteeAsked } from './facts.ts';

/** The sentences of "trustee asked" in one language; both parts of the mail are made of them. */
interface TrusteeAskedWords {
  readonly subject: string;
  readonly preview: string;
  /** Before and after the name. */
  readonly heading: { readonly before: string; readonly after: string };
  readonly opening: string;
  readonly labels: Readonly<Record<'fund' | 'what' | 'requester', string>>;
  readonly colon: string;
  readonly button: string;
  readonly once: string;
  readonly unsure: string;
  readonly closing: string;
  readonly question: string;
  readonly reason: string;
}

/** Writes the sentences in the language of the facts. Nothing is escaped here: they are text. */
export function trusteeAskedWords(facts: TrusteeAsked): TrusteeAskedWords {
  return facts.language === 'zh-HK' ? chinese(facts) : english(facts);
}

function english({ amount, requester, until }: TrusteeAsked): TrusteeAskedWords {
  return {
    subject: `Please look: ${amount} waits for a second person`,
    preview: `${requester} requested it, and another person has to approve it.`,
    heading: { before: 'Dear ', after: '' },
    opening:
      'This payment was requested and needs a second person to approve it. Nobody else of the staff is there, so you are asked as a trustee:',
    labels: { fund: 'Out of the fund', what: 'For', requester: 'Requested by' },
    colon: ': ',
    button: 'Look, and approve it',
    once: `The link shows this one payment and approves it once. It is good until ${until}, Hong Kong time. Please pass it on to nobody.`,
    unsure:
      'If you do not know what this is for, do nothing, and ask by telephone. Who requested it cannot approve it.',
    closing: 'With kind regards,',
    question: 'A question? Reply to this mail, or write to',
    reason: 'You get this mail because you are named as a trustee in the configuration of the desk.',
  };
}

function chinese({ amount, requester, until }: TrusteeAsked): TrusteeAskedWords {
  return {
    subject: `請您過目：${amount} 須由另一位人士批准`,
    preview: `由 ${requester} 申請，須由另一位人士批准。`,
    heading: { before: '', after: '，您好' },
    opening: '以下款項已有人申請，須由另一位人士批准。目前沒有其他職員可以處理，因此請您以信託人身分過目：',
    labels: { fund: '從以下基金支付', what: '用途', requester: '申請人' },
    colon: '：',
    button: '查看及批准',
    once: `此連結只顯示這一筆款項，並只可批准一次，有效至香港時間${until}。請勿轉交他人。`,
    unsure: '如您不清楚款項用途，請不必理會，或致電查詢。申請人不可自行批准。',
    closing: '謹啟',
    question: '如有疑問，請直接回覆本電郵，或電郵至',
    reason: '您收到本電郵，是因為工作台的設定中列明您為信託人。',
  };
}
