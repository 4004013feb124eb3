import type { Person } from './person-item.ts';

/** The name that may stand in public: the approved one that the donor gave for it; never the name that we thank. */
export function publicNameOf({ displayName, nameState, hideName }: Person): string | undefined {
  return nameState === 'approved' && !hideName ? displayName : undefined;
}
