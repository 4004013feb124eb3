/** Where exports lie: the bucket deletes them after `exportDays`. */
export const exportsPrefix = 'exports/';

/** For how many days an export can be fetched. */
export const exportDays = 7;

/** Where Stripe's events lie, reduced to ids and amounts: they stay for ever. */
export const eventsPrefix = 'events/';
