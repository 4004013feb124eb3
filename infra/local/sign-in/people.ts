/** An invented person who may sign in. What the roles allow is the product's business. */
export interface Person<Role extends string = string> {
  /** The subject of the person's tokens. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** The person of an id; undefined when there is none. */
export function personOf(people: readonly Person[], id: string | undefined): Person | undefined {
  return people.find((person) => person.id === id);
}
