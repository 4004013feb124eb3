import { randomUUID } from 'node:crypto';

/** An invented person who may sign in. What the roles allow is the product's business. */
export interface Person<Role extends string = string> {
  /** The subject of the person's tokens. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** A person whom the sign-in knows, as they are now. */
export interface KnownPerson extends Pick<Person, 'id' | 'name' | 'email'> {
  readonly roles: readonly string[];
  /** Whether they may sign in. */
  readonly isEnabled: boolean;
  /** Whether they have signed in since they were invited. */
  readonly hasSignedIn: boolean;
}

/** Everybody whom the sign-in knows, with what roles they have now. */
export class People {
  readonly #known: Map<string, KnownPerson>;

  constructor(people: readonly Person[]) {
    this.#known = new Map(
      people.map(({ role, ...person }) => [
        person.id,
        { ...person, roles: [role], isEnabled: true, hasSignedIn: true },
      ]),
    );
  }

  /** Everybody, those who were removed too. */
  get all(): readonly KnownPerson[] {
    return [...this.#known.values()];
  }

  /** The person of an id; undefined when there is none, or who was removed. */
  find(id: string | undefined): KnownPerson | undefined {
    const person = id === undefined ? undefined : this.#known.get(id);
    return person?.isEnabled ? person : undefined;
  }

  /** @returns the person as they are now */
  add(person: Pick<Person, 'name' | 'email'>): KnownPerson {
    const added = { ...person, id: randomUUID(), roles: [], isEnabled: true, hasSignedIn: false };
    this.#known.set(added.id, added);
    return added;
  }

  /** @param change what is otherwise than before, from the next token on */
  change(id: string, change: Partial<Pick<KnownPerson, 'roles' | 'isEnabled' | 'hasSignedIn'>>): void {
    const person = this.#known.get(id);
    if (person) this.#known.set(id, { ...person, ...change });
  }
}
