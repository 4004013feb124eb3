import { gzipSync } from 'node:zlib';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { handle } from 'hono/aws-lambda';
import { describe, expect } from 'vitest';
import type { Campaign } from '#giving/campaigns/campaign.ts';
import { toCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { formatCardFee } from '#giving/gift-form/cover-box.tsx';
import { toCursor } from '#giving/latest-gifts/gift-cursor.ts';
import { toLatestCommentsItem, toLatestGiftsItem } from '#giving/latest-gifts/latest-gifts-item.ts';
import { charity } from '#platform/charity.ts';
import { formatMoneyShort } from '#platform/money.ts';
import { receiverWithStatus, statementText } from '#platform/receiver-words.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { assetPath, loadAsset } from '#platform/web/assets.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { httpEvent, httpResponse } from '../../infra/local/cloud/payload.ts';
import { inHtml, withCharity } from '../support/charity.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { readQrCode } from '../support/read-qr-code.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { freshTable, watchRequests } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
/** Characters that people write; drawn at random they compress worse than any sentence. */
const characters =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於着下自之年過發後作里用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運';

async function put(table: Table, item: Record<string, unknown>): Promise<void> {
  await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
}

async function storeWith(table: Table, changes: Partial<Campaign>, name = 'education'): Promise<void> {
  const campaign = demoCampaigns(now).find((each) => each.slug === name);
  if (!campaign) throw new Error(`There is no campaign ${name}.`);
  await put(table, toCampaignItem({ ...campaign, ...changes }));
}

/** Twenty newest gifts, each with a comment in Chinese of the greatest length. */
function fullOfWords(): Item[] {
  let state = 7;
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return characters[state % characters.length] ?? '';
  };
  const words = (length: number) => Array.from({ length }, draw).join('');
  const latest = Array.from({ length: 20 }, (_, number) => {
    const at = new Date(now.getTime() - number * 7_654_321).toISOString();
    return {
      order: `${at}#pi_${number}`,
      gift: {
        name: words(4),
        amount: 10_000 + number * 1_234,
        message: words(300),
        frequency: 'once' as const,
        at,
      },
    };
  });
  return [toLatestGiftsItem(slug, latest, 1), toLatestCommentsItem(slug, latest)];
}

const it = campaignStory.extend('page', ({ table }) => {
  const app = siteOn(table, nobody, { clock: () => now });
  return { app, html: async (path: string) => (await app.request(path)).text() };
});

describe("a campaign's page", () => {
  it('with twenty gifts and long Chinese comments is within 14 kB compressed, one table request, no script, in both languages', async ({
    table,
    page: { html },
  }) => {
    for (const item of fullOfWords()) await put(table, item);
    const sent = watchRequests(table);
    for (const path of [`/campaigns/${slug}`, `/zh/campaigns/${slug}`]) {
      sent.length = 0;
      const text = await html(path);
      expect(text.match(/<blockquote/g)).toHaveLength(20);
      expect(gzipSync(text).length).toBeLessThanOrEqual(14_000);
      expect(sent.map(({ operation }) => operation)).toEqual(['BatchGetItem']);
      expect(text).not.toMatch(/<script|\sstyle=|<link rel="stylesheet"/);
      for (const image of text.match(/<img[^>]*>/g) ?? []) {
        expect(image).toMatch(/width="\d+" height="\d+"/);
        expect(image).toMatch(/alt="/);
      }
    }
  });

  it('tells messengers and search engines what it is by absolute addresses, in both languages', async ({
    page: { html },
  }) => {
    const text = await html(`/zh/campaigns/${slug}`);
    const site = 'https://give.example.org';
    expect(text).toContain('<html lang="zh-Hant-HK">');
    expect(text).toContain(`<link rel="canonical" href="${site}/zh/campaigns/${slug}"`);
    for (const [language, address] of [
      ['en-HK', `${site}/campaigns/${slug}`],
      ['zh-Hant-HK', `${site}/zh/campaigns/${slug}`],
      ['x-default', `${site}/campaigns/${slug}`],
    ]) {
      expect(text).toContain(`<link rel="alternate" hreflang="${language}" href="${address}"`);
    }
    expect(text).toContain(`property="og:image" content="${site}${assetPath('warehouse.png')}"`);
    for (const tag of ['og:title', 'og:description', 'og:type', 'og:image:width', 'og:image:alt']) {
      expect(text).toMatch(new RegExp(`property="${tag}" content="[^"]+"`));
    }
    expect(text).toContain('property="og:locale" content="zh_HK"');
    expect(text).toContain('property="og:locale:alternate" content="en_HK"');
  });

  it.for(['', '/zh'])(
    'has under %s its own address as a QR code that phones read, and every campaign its own',
    async (prefix, { page: { app, html } }) => {
      const path = `${prefix}/campaigns/${slug}`;
      expect(await html(path)).toContain(`src="${path}/qr.svg"`);
      const answer = await app.request(`${path}/qr.svg`);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'image/svg+xml',
        'cache-control': 'public, max-age=86400',
      });
      expect(readQrCode(await answer.text())).toBe(`https://give.example.org${path}`);
      expect((await app.request(`${prefix}/campaigns/nowhere/qr.svg`)).status).toBe(404);
    },
  );

  it('says before the button who asks, who receives, the fee, the statement and whom to ask, and behind it what becomes of the data', async ({
    page: { html },
  }) => {
    const text = await html(`/campaigns/${slug}`);
    const before = text.slice(0, text.indexOf('<button'));
    for (const said of [
      ' asks for this gift',
      inHtml(charity.legalName.en),
      inHtml(receiverWithStatus('en')),
      ...(charity.cardFee ? [formatCardFee(charity.cardFee)] : []),
      inHtml(statementText()),
      ...(charity.whatsApp ? [inHtml(charity.whatsApp)] : []),
      `mailto:${charity.replyTo}`,
      `${formatMoneyShort(charity.smallestGift, 'hkd')} at least`,
    ]) {
      expect(before).toContain(said);
    }
    expect(before).not.toMatch(/type="checkbox"[^>]*checked/);
    const behind = text.slice(text.indexOf('</form>'), text.indexOf('<footer'));
    for (const said of [
      'Secure payment by Stripe',
      ...(charity.paymentMeans ? [inHtml(charity.paymentMeans.en)] : []),
      'refunded',
      'your name and e-mail address',
      'href="/privacy"',
    ]) {
      expect(behind).toContain(said);
    }
    // The Inland Revenue registers no charities.
    expect(before).not.toMatch(/registered charity|註冊慈善/);
  });

  it.for([
    ['', '(tax-exempt charity under section 88, IR file 91/12345)'],
    ['/zh', '（根據《稅務條例》第 88 條獲豁免繳稅的慈善機構，檔案編號 91/12345）'],
  ])(
    'says under %s that the receiver is tax-exempt only where its file number is configured',
    async ([prefix, status], { page: { html } }) => {
      const path = `${prefix}/campaigns/${slug}`;
      await withCharity({ section88: '91/12345' }, async () => {
        expect(await html(path)).toContain(
          prefix
            ? `${inHtml(charity.receiver['zh-HK'])}${status}`
            : `${inHtml(charity.receiver.en)} ${status}`,
        );
      });
      await withCharity({ section88: undefined }, async () => {
        expect(await html(path)).not.toMatch(/tax-exempt|section 88|獲豁免繳稅/);
      });
    },
  );

  it('asks for the name on a receipt only where the receiver may write receipts', async ({
    page: { html },
  }) => {
    for (const path of [`/campaigns/${slug}`, '/give', '/zh/give']) {
      await withCharity({ section88: '91/12345' }, async () => {
        expect(await html(path), path).toContain('name="receiptName"');
      });
      await withCharity({ section88: undefined }, async () => {
        expect(await html(path), path).not.toMatch(/receiptName|Name on a receipt/);
      });
    }
  });

  it('names a body that asks and receives once', async ({ page: { html } }) => {
    await withCharity({ receiver: charity.legalName }, async () => {
      expect(await html(`/campaigns/${slug}`)).toContain(
        inHtml(`${receiverWithStatus('en')} asks for this gift and receives the money.`),
      );
    });
  });

  it('chooses the amount of its link, also one that is no level, and says that monthly is not there yet', async ({
    page: { html },
  }) => {
    expect(await html(`/campaigns/${slug}?amount=1000`)).toMatch(/value="100000" checked/);
    const odd = await html(`/campaigns/${slug}?amount=620&frequency=monthly`);
    expect(odd).toMatch(/value="62000" checked/);
    expect(odd).toContain('Giving every month is not possible here yet');
    expect(odd).toContain(`href="/zh/campaigns/${slug}?amount=620&amp;frequency=monthly"`);
    const garbage = await html(`/campaigns/${slug}?amount=%22%3E%3Cb%3E&frequency=once`);
    expect(garbage.match(/name="amount"[^>]*checked/g)).toHaveLength(1);
    expect(garbage).not.toContain('"><b>');
    expect(garbage).not.toContain('not possible here yet');
  });

  it('ties what was wrong to its field and lists it first with links', async ({ page: { app } }) => {
    const answer = await app.request(`/campaigns/${slug}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        formKey: 'k',
        amount: 'other',
        otherAmount: '2',
        name: 'Fern',
        email: 'x',
      }),
    });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain('<title>Error: ');
    expect(text).toMatch(/role="alert"[\s\S]*href="#otherAmount"[\s\S]*href="#email"[\s\S]*<form/);
    expect(text).toMatch(/id="email"[^>]*aria-describedby="email-error email-hint"[^>]*aria-invalid="true"/);
    expect(text).toContain('id="email-error"');
    expect(text).toMatch(
      /id="otherAmount"[^>]*aria-describedby="otherAmount-error[^>]*aria-invalid="true"[^>]*value="2"/,
    );
    expect(text).not.toMatch(/id="name"[^>]*aria-invalid/);
  });

  it('that has reached its goal says so and where more money goes, and still takes gifts', async ({
    table,
    page: { html },
  }) => {
    const checkout = aCheckout(1, { fund: 'education', amount: 500_000 });
    await store(table, checkout);
    await webhookOn(table).deliver(sessionEvent(checkout));
    const text = await html('/campaigns/education');
    expect(text).toContain('The goal is reached');
    expect(text).toContain('one more child at school');
    expect(text).toContain('<form');
    expect(await html('/campaigns/emergency-cash')).not.toContain('The goal is reached');
  });

  it('takes no gift before it opens and after it closes, and says which; it counts its last days', async ({
    table,
    page: { html },
  }) => {
    const hour = 3_600_000;
    await storeWith(table, { opensAt: new Date(now.getTime() + hour) });
    const early = await html('/campaigns/education');
    expect(early).toContain('has not begun yet');
    expect(early).not.toContain('<form');
    expect(early).not.toContain('would be the first');
    await storeWith(table, { closesAt: new Date(now.getTime() - hour) });
    const late = await html('/zh/campaigns/education');
    expect(late).toContain('這個項目已經結束');
    expect(late).not.toContain('<form');
    await storeWith(table, { closesAt: new Date(now.getTime() + 50 * hour) });
    expect(await html('/campaigns/education')).toContain('2 days left, until 24 November 2026');
    expect(await html('/zh/campaigns/education')).toContain('尚餘 2 日，至2026年11月24日止');
  });

  it('that ended without a gift thanks nobody for one and calls none the first', async ({
    table,
    page: { html },
  }) => {
    await storeWith(table, { closesAt: new Date(now.getTime() - 1) }, 'emergency-cash');
    for (const path of ['/campaigns/emergency-cash', '/campaigns/emergency-cash/supporters']) {
      const english = await html(path);
      expect(english).toContain('There are no gifts to show.');
      expect(english).not.toMatch(/came together|everybody who gave|would be the first/);
      const chinese = await html(`/zh${path}`);
      expect(chinese).toContain('沒有可顯示的捐款。');
      expect(chinese).not.toMatch(/合共籌得|每一位捐款者|第一位/);
    }
    await storeWith(table, {}, 'emergency-cash');
    expect(await html('/campaigns/emergency-cash')).toContain('would be the first');
  });

  it('shows its sources with publisher and date, and a picture of its own or the usual one', async ({
    table,
    page: { html },
  }) => {
    const text = await html('/campaigns/emergency-cash');
    expect(text).toContain('(Leitner Center, November 2023)');
    expect(text).toContain('(Christian Action, Centre for Refugees, no date given)');
    expect(text).toContain(`src="${assetPath('emergency-cash.svg')}"`);
    await storeWith(table, { picture: undefined, sources: [] }, 'emergency-cash');
    expect(await html('/campaigns/emergency-cash')).toContain(`src="${assetPath('harbour.svg')}"`);
  });
});

describe('the list of campaigns', () => {
  it('shows each with its picture, and marks what has ended, what begins later and what has reached its goal', async ({
    table,
    page: { html },
  }) => {
    await storeWith(table, { opensAt: new Date(now.getTime() + 1000) });
    await storeWith(table, { target: { kind: 'fund', goal: 50_000 } }, 'emergency-cash');
    const checkout = aCheckout(1, { fund: 'emergency-cash' });
    await store(table, checkout);
    await webhookOn(table).deliver(sessionEvent(checkout));
    const text = await html('/');
    const tiles = text.split('<li class="tile">').slice(1);
    const badges = tiles.map((tile) => /class="badge">([^<]+)/.exec(tile)?.[1]);
    expect(badges).toEqual([undefined, 'Ended', 'Begins soon', 'Goal reached']);
    for (const tile of tiles) expect(tile).toMatch(/<img[^>]*width="640" height="360"/);
    expect(text).toContain('<link rel="canonical" href="https://give.example.org/"');
  });

  it('leads for a campaign that is not there to a page in the language of the address, which no search engine keeps', async () => {
    const table = await freshTable();
    const answer = await siteOn(table, nobody).request('/zh/campaigns/none');
    expect(answer.status).toBe(404);
    const text = await answer.text();
    expect(text).toContain('找不到這個網頁');
    expect(text).toContain('noindex');
    expect(text).toContain('示範網站');
  });
});

describe('the page of supporters', () => {
  it('shows every gift once over its pages, names no payment, and lists only the first page', async ({
    table,
    page: { html },
  }) => {
    const webhook = webhookOn(table);
    for (let number = 1; number <= 23; number += 1) {
      const checkout = aCheckout(number, { amount: 1_000 * number });
      await store(table, checkout, aPerson(checkout, { displayName: `Donor ${number};` }));
      await webhook.deliver(sessionEvent(checkout, { created: new Date(now.getTime() - number * 60_000) }));
    }
    const first = await html(`/campaigns/${slug}/supporters`);
    expect(first).not.toContain('noindex');
    expect(first.match(/Donor \d+;/g)).toHaveLength(20);
    expect(first).toContain('1 minute ago');
    const older = /rel="next" href="([^"]+)"/.exec(first)?.[1] ?? '';
    const second = await html(older);
    expect(second).toContain('noindex');
    expect(second).not.toContain('rel="canonical"');
    expect(second.match(/Donor \d+;/g)).toEqual(['Donor 21;', 'Donor 22;', 'Donor 23;']);
    expect(first + second).not.toMatch(/pi_|chk_|juniper@/);
  });

  it.for(['x', '', '%00', toCursor('lai-chi-kok-warehouse', { month: '2999-01', at: undefined, shown: 0 })])(
    'answers the cursor "%s", which is none of ours, with a clear page in the language of the address',
    async (cursor, { page: { app } }) => {
      const answer = await app.request(`/zh/campaigns/${slug}/supporters?cursor=${cursor}`);
      expect(answer.status).toBe(404);
      const text = await answer.text();
      expect(text).toContain('名單沒有這一頁');
      expect(text).toContain(`href="/zh/campaigns/${slug}/supporters"`);
    },
  );
});

describe('through API Gateway', () => {
  const send = async (table: Table, path: string, headers: Record<string, string>) => {
    const request = new Request(`http://127.0.0.1${path}`, { headers });
    const route = { routeKey: 'GET', pathParameters: {}, apiId: 'api', account: '0' };
    const event = httpEvent(request, Buffer.alloc(0), route, '192.0.2.1');
    // Hono's own types of the event are of several gateways.
    const answer = httpResponse(await handle(siteOn(table, nobody))(event as never));
    if (!answer) throw new Error('The answer has no shape that API Gateway takes.');
    return answer;
  };

  it.for(['warehouse.png', 'warehouse.svg'] as const)(
    '%s arrives byte by byte, for a year under its version',
    async (file, { table }) => {
      const answer = await send(table, assetPath(file), {});
      expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(loadAsset(file).body))).toBe(true);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-type')).toBe(loadAsset(file).type);
    },
  );

  it('a page arrives compressed for who takes that', async ({ table }) => {
    const answer = await send(table, `/campaigns/${slug}`, { 'accept-encoding': 'gzip, br' });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    const plain = await send(table, `/campaigns/${slug}`, {});
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toContain('<form');
  });

  it('a file under another version is kept a day only, and an unknown one is not found', async ({
    table,
  }) => {
    expect((await send(table, '/assets/icon.svg?v=old', {})).headers.get('cache-control')).toBe(
      'public, max-age=86400',
    );
    expect((await send(table, '/assets/none.svg', {})).status).toBe(404);
    expect((await send(table, '/assets/..%2Fassets.ts', {})).status).toBe(404);
  });
});
