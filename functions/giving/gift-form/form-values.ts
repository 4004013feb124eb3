/** The form's fields by name. */
export type FormValues = Readonly<Record<string, string>>;
