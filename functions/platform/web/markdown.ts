import MarkdownIt from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';

/** What a link may lead to: a page, or a mail address. */
const safeLink = /^(?:https?:\/\/|mailto:)/i;

/** Paragraphs, headings, lists, quotations, emphasis and links: what a public page needs. Everything else stays text. */
function openMarkdown(largest: string, others: string): Pick<InstanceType<typeof MarkdownIt>, 'render'> {
  const markdown = new MarkdownIt('zero', { html: false, linkify: false })
    .enable(['blockquote', 'heading', 'list', 'emphasis', 'escape', 'link', 'newline', 'reference'])
    .use(cjkFriendly);
  markdown.validateLink = (url) => safeLink.test(url.trim());
  for (const rule of ['heading_open', 'heading_close'] as const) {
    markdown.renderer.rules[rule] = (tokens, index, options, _, self) => {
      const token = tokens[index];
      if (token) token.tag = token.markup === '#' || token.markup === '=' ? largest : others;
      return self.renderToken(tokens, index, options);
    };
  }
  return markdown;
}

const below = { h1: openMarkdown('h2', 'h3'), h2: openMarkdown('h3', 'h4') };

/**
 * The HTML of a text in Markdown. HTML in it, pictures and links to anything but pages and mail addresses stay harmless text.
 * @param heading the heading of the page that the text stands below
 */
export function renderMarkdown(text: string, heading: keyof typeof below = 'h2'): string {
  return below[heading].render(text);
}
