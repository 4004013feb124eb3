import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { readKind, resolveEndpoint } from './attention-api.ts';
import { AttentionAbout } from './attention-desk.tsx';
import { attentionWords as words } from './attention-words.ts';
import { readAttention } from './resolve-attention.ts';

const resolve = deskForm({
  operation: resolveEndpoint,
  path: '/staff/attention/{kind}/{id}/settle',
  read: ({ kind, id }, { table }) => readAttention({ kind: readKind(kind), id }, { table }),
  title: () => words.resolveTitle,
  about: (attention) => AttentionAbout({ attention }),
  over: ({ resolved }) => (resolved ? words.over : undefined),
  fields: () => [{ name: 'note', kind: 'lines', label: words.note, hint: words.hint }],
  button: words.resolve,
  back: () => '/staff/waiting',
  done: 'resolved',
});

/** The form by which what waits for a person is resolved. */
export const attentionPages = [...resolve];
