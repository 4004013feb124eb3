import MarkdownIt from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';

/** What a link may lead to: a page, or a mail address. */
const safeLink = /^(?:https?:\/\/|mailto:)/i;

/** Paragraphs, headings, lists, quotations, emphasis and links: what a public page needs. Everything else stays text. */
const markdown = new MarkdownIt('zero', { html: false, linkify: false })
  .enable(['blockquote', 'heading', 'list', 'emphasis', 'escape', 'link', 'newline', 'reference'])
  .use(cjkFriendly);
markdown.validateLink = (url) => safeLink.test(url.trim());
// The page's own headings stand above those of a text.
for (const rule of ['heading_open', 'heading_close'] as const) {
  markdown.renderer.rules[rule] = (tokens, index, options, _, self) => {
    const token = tokens[index];
    if (token) token.tag = token.markup === '#' || token.markup === '=' ? 'h3' : 'h4';
    return self.renderToken(tokens, index, options);
  };
}

/** The HTML of a text in Markdown. HTML in it, pictures and links to anything but pages and mail addresses stay harmless text. */
export function renderMarkdown(text: string): string {
  return markdown.render(text);
}
