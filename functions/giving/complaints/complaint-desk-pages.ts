import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { permit } from '#kernel/staff/rights.ts';
import { resolveComplaintEndpoint } from './complaint-api.ts';
import { ComplaintList, ComplaintText } from './complaint-desk.tsx';
import { complaintDeskWords as words } from './complaint-desk-words.ts';
import { readComplaint, readComplaints } from './read-complaints.ts';

const list = deskPage({
  path: '/staff/complaints',
  right: 'complaint.answer',
  input: {},
  read: (_, { table, now, permit: allowed }) => readComplaints({ permit: allowed }, { table, now }),
  title: () => words.title,
  show: (complaints, view) => ComplaintList({ complaints, view }),
});

const resolve = deskForm({
  operation: resolveComplaintEndpoint,
  path: '/staff/complaints/{id}',
  read: ({ id }, { table, now, actor }) =>
    readComplaint({ id, permit: permit(actor, 'complaint.answer') }, { table, now }),
  title: () => words.oneTitle,
  about: (complaint) => ComplaintText({ complaint }),
  over: ({ answer }) => (answer ? words.over : undefined),
  fields: () => [{ name: 'note', kind: 'lines', label: words.note, hint: words.hintOfNote }],
  button: words.record,
  back: () => '/staff/complaints',
  done: 'answered',
});

/** The desk's pages of complaints. */
export const complaintDeskPages = [list, ...resolve];
