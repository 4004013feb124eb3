import { formatMoment } from '#platform/clock.ts';
import type { ListedAttention } from './attention-item.ts';
import { attentionKindWords, attentionWords as words } from './attention-words.ts';

/** What is about to be resolved. */
export function AttentionAbout({ attention }: { readonly attention: ListedAttention }) {
  const { title, todo } = attentionKindWords[attention.kind];
  return (
    <>
      <p class="lead">{words.waits(title, formatMoment(attention.at))}</p>
      <p>{todo}</p>
    </>
  );
}
