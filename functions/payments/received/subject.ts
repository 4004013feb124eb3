/** What a checkout is about: the page that it began on, which its words, mails and thanks follow. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly slug: string;
}

export const subjectKinds = ['campaign', 'event', 'family'] as const;

export type SubjectKind = (typeof subjectKinds)[number];

const folders = { campaign: 'campaigns', event: 'events', family: 'families' } as const;

/** The path of a subject's page, without the language. */
export function subjectPath({ kind, slug }: Subject): string {
  return `/${folders[kind]}/${slug}`;
}
