/** Whether a text has the shape of a checkout's id. */
export function isCheckoutId(text: string): boolean {
  return /^chk_[0-9a-f]{32}$/.test(text);
}

/** Whether a text has the shape of a donor's id. */
export function isDonorId(text: string | undefined): text is string {
  return text !== undefined && /^dnr_[0-9a-f]{32}$/.test(text);
}

/** Whether a text has the shape of a refund request's id. */
export function isRefundRequestId(text: string): boolean {
  return /^rfr_[0-9a-f]{32}$/.test(text);
}

/** Whether a text has the shape of a complaint's id: it becomes part of a key. */
export function isComplaintId(text: string): boolean {
  return /^cmp_[0-9a-f]{32}$/.test(text);
}

/** Whether a text has the shape of a disbursement's id: it becomes part of a key. */
export function isDisbursementId(text: string): boolean {
  return /^dsb_[0-9a-f]{32}$/.test(text);
}

/** Whether a text has the shape of the id of what a person asked for: it becomes part of a key. */
export function isPersonRequestId(text: string): boolean {
  return /^prq_[0-9a-f]{32}$/.test(text);
}

/** Whether a text has the shape of an export's id: it becomes part of a key. */
export function isExportId(text: string): boolean {
  return /^exp_[0-9a-f]{32}$/.test(text);
}

/** Whether a text has the shape of a fund's slug: it becomes part of a key. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60;
}

/** Whether a text has the shape of a network's name: it becomes part of a key. */
export function isNetworkName(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{32}#\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);
}
