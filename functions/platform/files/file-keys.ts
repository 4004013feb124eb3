/** Where exports lie: the bucket deletes them after `exportDays`. */
export const exportsPrefix = 'exports/';

/** For how many days an export can be fetched. */
export const exportDays = 7;

/** Where Stripe's events lie, reduced to ids and amounts: they stay for ever. */
export const eventsPrefix = 'events/';

/** Where photos arrive as they were taken: the bucket deletes what is left there after a day. */
export const uploadsPrefix = 'uploads/';

/** Where the pictures of public pages lie, each under the hash of its bytes. */
export const picturesPrefix = 'pictures/';
