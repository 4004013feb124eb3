/** What the fields of the form hold, by name. */
export type FormValues = Readonly<Record<string, string>>;
