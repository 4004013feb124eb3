import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

/** More people of the staff are not kept: it only matters whether there are two. */
const most = 100;

/** Keeps that a person has signed in, unless it is known. */
export function toStaffSeenChange(subject: string) {
  return {
    update: keys.staffSeen(),
    set: {
      expression: 'SET entity = :entity, v = :v ADD subjects :subjects',
      values: {
        ':entity': 'staff-seen',
        ':v': 1,
        ':subjects': new Set([subject]),
        ':subject': subject,
        ':most': most,
      },
    },
    condition:
      'attribute_not_exists(subjects) OR (NOT contains(subjects, :subject) AND size(subjects) < :most)',
  };
}

/** How many people have signed in. */
export function countStaffSeen(item: Item | undefined): number {
  return item ? read(item).texts('subjects').length : 0;
}
