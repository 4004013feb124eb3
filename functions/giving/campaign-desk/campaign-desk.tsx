import { type Campaign, isPublic, nextStatuses } from '#giving/campaigns/campaign.ts';
import type { CampaignView } from '#giving/campaigns/read-campaigns.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton, Done } from '#kernel/staff/desk-form.tsx';
import type { Problem } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import { campaignDeskWords as words } from './campaign-desk-words.ts';

/** All campaigns, each with the way to change it. */
export function Campaigns({
  views,
  mayWrite,
  previewOf,
  view,
}: {
  readonly previewOf: (slug: string) => string | undefined;
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
              <span lang="zh-Hant-HK">{campaign.title['zh-HK']}</span> ·{' '}
              {words.statuses[campaign.status] || words.states[state]}
            </p>
            {campaign.status === 'draft' && <PreviewLink path={previewOf(campaign.slug)} />}
            <p class="row">
              {mayWrite && (
                <a class="button quiet" href={`/staff/campaigns/${campaign.slug}/edit`}>
                  {words.edit}
                  <span class="none">{words.of(campaign.title.en)}</span>
                </a>
              )}
              {mayWrite && (
                <a class="button quiet" href={`/staff/campaigns/${campaign.slug}/photo`}>
                  {words.photo}
                  <span class="none">{words.of(campaign.title.en)}</span>
                </a>
              )}
              {isPublic(campaign) && (
                <a class="button quiet" href={`/campaigns/${campaign.slug}`}>
                  {words.see}
                  <span class="none">{words.of(campaign.title.en)}</span>
                </a>
              )}
            </p>
            {mayWrite && <Acts campaign={campaign} view={view} />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The buttons that publish, close, hide and move a campaign. */
function Acts({ campaign, view }: { readonly campaign: Campaign; readonly view: DeskView }) {
  const { slug, title, status } = campaign;
  return (
    <div class="acts">
      {nextStatuses(status).map((next) => (
        <ActionButton
          {...{ sending: view, action: `/staff/campaigns/${slug}/status`, of: title.en }}
          label={words.become[next]}
          values={{ status: next }}
        />
      ))}
      {(['up', 'down'] as const).map((direction) => (
        <ActionButton
          {...{ sending: view, action: `/staff/campaigns/${slug}/move`, of: title.en }}
          label={words.directions[direction]}
          values={{ direction }}
        />
      ))}
    </div>
  );
}

/** The links under which a draft can be shown to others. */
function PreviewLink({ path }: { readonly path: string | undefined }) {
  if (path === undefined) return null;
  return (
    <p class="ask">
      <a href={path}>{words.preview}</a>
      <a href={`/zh${path}`}>{words.previewChinese}</a>
    </p>
  );
}

/** What the writer of a campaign is to know; and what stands on the site, where another one was faster. */
export function Editing({ campaign, problem }: { campaign?: Campaign; problem?: Problem | undefined }) {
  return (
    <>
      <p class="lead">
        {!campaign && `${words.newIsDraft} `}
        {words.oneFollows}
      </p>
      {campaign && <ChangedMeanwhile campaign={campaign} problem={problem} />}
    </>
  );
}

/** What stands on the site, for a writer whom another one overtook. */
function ChangedMeanwhile({ campaign, problem }: { campaign: Campaign; problem: Problem | undefined }) {
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
