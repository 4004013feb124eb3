/** An invented person who may sign in. What the roles allow is the product's business. */
export interface Person<Role extends string = string> {
  /** The subject of the person's tokens. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** Everybody who may sign in, with what roles they have now. */
export class People {
  readonly all: readonly Person[];
  readonly #roles: Map<string, readonly string[]>;

  constructor(people: readonly Person[]) {
    this.all = people;
    this.#roles = new Map(people.map(({ id, role }) => [id, [role]]));
  }

  /** The person of an id; undefined when there is none, or who was removed. */
  find(id: string | undefined): Person | undefined {
    return this.all.find((person) => person.id === id && this.#roles.has(person.id));
  }

  rolesOf(id: string): readonly string[] {
    return this.#roles.get(id) ?? [];
  }

  /** @param roles what the next token says; undefined removes the person */
  change(id: string, roles: readonly string[] | undefined): void {
    if (roles) this.#roles.set(id, roles);
    else this.#roles.delete(id);
  }
}
