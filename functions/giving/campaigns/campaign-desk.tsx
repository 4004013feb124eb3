import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import type { Problem } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import type { Campaign } from './campaign.ts';
import { campaignDeskWords as words } from './campaign-desk-words.ts';
import type { CampaignView } from './read-campaigns.ts';

/** All campaigns, each with the way to change it. */
export function Campaigns({
  views,
  mayWrite,
  view,
}: {
  readonly views: readonly CampaignView[];
  readonly mayWrite: boolean;
  readonly view: DeskView;
}) {
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      {mayWrite && (
        <>
          <p class="lead">{words.intro}</p>
          <p class="row">
            <a class="button" href="/staff/new-campaign">
              {words.make}
            </a>
          </p>
        </>
      )}
      <ul class="gifts open">
        {views.map(({ campaign, state, raised }) => (
          <li>
            <header>
              <b>{campaign.title.en}</b>
              <b>{words.raised(formatMoney(raised, campaign.currency))}</b>
            </header>
            <p class="note">
              <span lang="zh-Hant-HK">{campaign.title['zh-HK']}</span> · {words.states[state]}
            </p>
            <p class="row">
              {mayWrite && (
                <a class="button quiet" href={`/staff/campaigns/${campaign.slug}/edit`}>
                  {words.edit}
                  <span class="none">{words.of(campaign.title.en)}</span>
                </a>
              )}
              <a class="button quiet" href={`/campaigns/${campaign.slug}`}>
                {words.see}
                <span class="none">{words.of(campaign.title.en)}</span>
              </a>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What stands on the site, for a writer whom another one overtook. */
export function ChangedMeanwhile({
  campaign,
  problem,
}: {
  campaign: Campaign;
  problem: Problem | undefined;
}) {
  if (problem?.code !== 'precondition-failed') return null;
  return (
    <section class="notice">
      <h2>{words.changedTitle}</h2>
      <p>{words.changed}</p>
      {(['title', 'summary', 'story'] as const).map((name) => (
        <>
          <h3>{words.fields[name]}</h3>
          <p>{campaign[name].en}</p>
          <p lang="zh-Hant-HK">{campaign[name]['zh-HK']}</p>
        </>
      ))}
    </section>
  );
}
