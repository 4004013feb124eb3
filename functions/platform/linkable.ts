// Characters that a reader does not see and a mail program may drop: `ev<zero width space>il.example` is still a link.
const invisible = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

// What addresses in other scripts use as a dot (IDNA: U+3002, U+FF0E, U+FF61), and what looks like one. Middle dots, which join the
// parts of a name (約翰·史密斯), are none.
const dots = /[\u3002\uff61\u2024\u0701\u0702\u06d4\ua4f8]|[[({]\s*(?:\.|dot)\s*[\])}]/giu;

const ats = /[[({]\s*(?:@|at)\s*[\])}]/giu;

// Each is looked for in a text without invisible marks, in its compatibility form, so that full-width letters are usual ones.
const linkLike: readonly RegExp[] = [
  // Schemes, also as people disguise them (hxxp, h**p).
  /:\s*[/\\]|[/\\]{2}|\bh(?:tt|xx|\*\*)ps?\b/iu,
  /\b(?:ftps?|mailto|tel|sms|javascript|data|file|whatsapp|tg|weixin|callto|skype|facetime)\s*:/iu,
  /\bwww\b/iu,
  // Domains: a dot, also behind a space, with two letters or more right behind it, as "evil.example", "evil .example", "例子.公司".
  /\.[\p{L}\p{M}](?:[\p{L}\p{M}\p{N}]|-+[\p{L}\p{N}])/u,
  /\s\.\s|\p{L}\s*\.\s+(?:com|net|org)\b/iu,
  /(?<!\p{Nd})\p{Nd}{1,3}(?:\.\p{Nd}{1,3}){3}(?!\p{Nd})/u,
  // E-mail addresses and handles.
  /@/u,
  // Telephone numbers: seven digits or more with what stands between them in one, five behind a plus sign.
  /\p{Nd}(?:[\s\p{Pd}()./_~·*-]*\p{Nd}){6}/u,
  /\+[\s(]*\p{Nd}(?:[\s\p{Pd}()./-]*\p{Nd}){4}/u,
];

/**
 * Whether a short text of a stranger's, such as a name, holds something that a mail program or a chat turns into a link, or that
 * a reader takes for one: a web address, a bare domain, an e-mail address, a handle, a telephone number; disguised ones too. It
 * would rather call `Mr.Wong` (no space) a domain than miss one: programs differ in which endings they know.
 */
export function holdsLink(text: string): boolean {
  const seen = text
    .normalize('NFKC')
    .replaceAll(invisible, '')
    .normalize('NFKC')
    .replaceAll(dots, '.')
    .replaceAll(ats, '@');
  // A line break may end a word or be dropped: both readings count.
  return (
    linkLike.some((form) => form.test(seen)) ||
    linkLike.some((form) => form.test(text.replaceAll(/\p{Cc}/gu, ' ').normalize('NFKC')))
  );
}

// Joiners shape letters in Persian and Indian scripts and join emoji; a selector follows the character it selects the form of.
const rightfulMark =
  /(?<=[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}])|(?<=\p{Emoji}|\ufe0f)\u200d(?=\p{Emoji})|(?<=[\p{L}\p{Emoji}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/**
 * Whether a text holds marks that nobody sees and that change how it is read: control characters, line breaks, marks that turn its
 * direction, zero-width characters. Those that a script or an emoji needs in their place do not count.
 */
export function holdsHiddenMarks(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(
    text.replaceAll(rightfulMark, ''),
  );
}
