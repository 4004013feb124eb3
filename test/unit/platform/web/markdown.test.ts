import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '#platform/web/markdown.ts';

describe('a text in Markdown', () => {
  it('has paragraphs, headings below those of the page, lists, quotations, emphasis and links', () => {
    const html = renderMarkdown(
      '# Why\n\nOne *two* **three**.\n\n## How\n\n- a\n- b\n\n1. c\n\n> said\n\n[us](https://a.example/?b=c&d) [write](mailto:a@b.example)',
    );
    for (const part of [
      '<h3>Why</h3>',
      '<em>two</em> <strong>three</strong>',
      '<h4>How</h4>',
      '<ul>\n<li>a</li>',
      '<ol>',
      '<blockquote>',
      '<a href="https://a.example/?b=c&amp;d">us</a>',
      '<a href="mailto:a@b.example">write</a>',
    ]) {
      expect(html).toContain(part);
    }
  });

  it('is bold beside Chinese punctuation too', () => {
    expect(renderMarkdown('**「難民」**家庭')).toBe('<p><strong>「難民」</strong>家庭</p>\n');
  });

  it.for([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    '[a]( JaVaScRiPt:alert(1))',
    '[a](java&#115;cript:alert(1))',
    '[a](data:text/html,<b>)',
    '[a](//elsewhere.example)',
    '![a](https://elsewhere.example/x.png)',
    '<javascript:alert(1)>',
    '[a]: javascript:alert(1)\n\n[a]',
    '    <b>indented</b>',
    '[a](https://x" onclick="alert(1))',
  ])('stays harmless: %s', (text) => {
    const html = renderMarkdown(text);
    expect(html.replaceAll(/<\/?(?:p|a|em)(?: href="https:\/\/[^"]*")?>/g, '')).not.toMatch(/[<>]/);
  });

  it('of 100 kB of marks is read in a moment', () => {
    const began = performance.now();
    for (const mark of ['*', '[', '> ', '- ', '**a', '[a]('])
      renderMarkdown(mark.repeat(100_000 / mark.length));
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
