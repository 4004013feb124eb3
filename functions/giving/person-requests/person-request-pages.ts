import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { choosableMonths, earlierMonth, month } from '#kernel/staff/month-input.ts';
import { hongKongDay } from '#platform/clock.ts';
import { page } from '#platform/http/input.ts';
import { listPersonRequests, readPersonRequest } from './list-person-requests.ts';
import { requestEnds, requestKinds } from './person-request.ts';
import { endRequestEndpoint, enterRequestEndpoint } from './person-request-api.ts';
import { PersonRequests } from './person-request-desk.tsx';
import { requestWords as words } from './person-request-words.ts';

const list = deskPage({
  path: '/staff/requests',
  right: 'person.read',
  label: words.label,
  input: { month, ...page },
  read: async ({ month: of, ...paging }, { table, now, permit }) => {
    const name = `person-requests ${of}`;
    const asked = { month: of, paging: pageOf(name, paging), permit };
    const { data, next } = await listPersonRequests(asked, { table, now });
    const cursor = nextCursor(name, next);
    return {
      ...{ month: of, months: choosableMonths(of, now), earlier: earlierMonth(of), requests: data },
      next: cursor === null ? undefined : `/staff/requests?month=${of}&cursor=${cursor}`,
    };
  },
  title: () => words.title,
  show: (data, view) => PersonRequests({ ...data, view }),
});

const enter = deskForm({
  operation: enterRequestEndpoint,
  path: '/staff/enter-request',
  read: async (_, { now }) => ({ now }),
  title: () => words.enterTitle,
  fields: ({ now }) => [
    {
      ...{ name: 'kind', kind: 'choice', label: words.kind },
      options: requestKinds.map((each) => [each, words.kinds[each]] as const),
    },
    { name: 'day', kind: 'day', label: words.day, value: hongKongDay(now) },
    {
      ...{ name: 'payment', kind: 'text', label: words.paymentField, hint: words.paymentHint },
      isOptional: true,
    },
    { name: 'hasSeenIdentity', kind: 'box', label: words.seenBox },
  ],
  button: words.save,
  back: () => '/staff/requests',
  done: 'entered',
});

const end = deskForm({
  operation: endRequestEndpoint,
  path: '/staff/requests/{id}/end',
  read: ({ id }, { table, now }) => readPersonRequest(id, { table, now }),
  title: () => words.endTitle,
  about: ({ kind }) => words.kinds[kind],
  over: ({ end: ended }) => (ended ? words.over : undefined),
  fields: ({ hasSeenIdentity }) => [
    {
      ...{ name: 'how', kind: 'choice', label: words.how },
      options: requestEnds.map((each) => [each, words.hows[each]] as const),
    },
    {
      ...{ name: 'reason', kind: 'lines', label: words.reasonField, hint: words.reasonHint },
      isOptional: true,
    },
    { name: 'hasSeenIdentity', kind: 'box', label: words.seenBox, value: hasSeenIdentity ? 'yes' : '' },
  ],
  button: words.endButton,
  back: () => '/staff/requests',
  done: 'ended',
});

/** The pages of what people ask for. */
export const personRequestPages = [list, ...enter, ...end];
