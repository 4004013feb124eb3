import type { Context } from 'hono';
import type { Bilingual, Language } from '#platform/charity.ts';
import type { Actor } from './actor.ts';
import type { Typed } from './desk-input.ts';
import type { OutsideOfStaff } from './endpoint.ts';
import type { Issuer } from './issuer-gateway.ts';
import type { Operation } from './rights.ts';

/** Who is signed in at the desk, as far as its pages ask. */
export interface DeskSession {
  readonly actor: Actor;
  /** As the sign-in says it. */
  readonly name: string;
  /** Stands in every form, so that no other site can send one. */
  readonly csrf: string;
}

/** What every page of the desk finds in its context. */
export interface DeskEnv {
  Variables: {
    session: DeskSession;
    /** In which the sign-in and the home are shown. */
    language: Language;
    /** The fields of the form that was sent, which is of this session. */
    form: Typed;
    /** Where else a form of the page leads: the origin of the bucket that a photo is sent to. */
    formsTo?: string;
  };
}

/** A fund by the name that people know it by. */
export interface FundName {
  readonly slug: string;
  readonly title: string;
}

/** What the pages need from the outside. */
export interface DeskContext extends OutsideOfStaff {
  /** Whether Stripe is in test mode: every page then says so. */
  readonly demonstration: boolean;
}

/** What the sign-in needs besides. */
export interface SignInContext extends DeskContext {
  /** The site's address, without a trailing slash. */
  readonly site: string;
  readonly issuer: Issuer;
  /** What cookies are signed with. */
  readonly sessionKey: () => Promise<string>;
}

/** A link of the navigation, for who has the right. */
export interface DeskLink {
  readonly path: string;
  readonly title: Bilingual;
  readonly right: Operation | null;
}

/** What the pages find besides: what only the whole desk knows. */
export interface WholeDesk extends DeskContext {
  readonly links: readonly DeskLink[];
  /** All funds, in the order of their list. */
  readonly funds: () => Promise<readonly FundName[]>;
}

/** A page of the desk, or what one of its forms does; route and right follow from it. */
export interface DeskPage<Outside = DeskContext> {
  readonly method: 'get' | 'post';
  /** As Hono writes it: `/staff/payments/:paymentId`. */
  readonly path: string;
  /** The right that it asks for; null when being signed in is enough. */
  readonly right: Operation | null;
  /** What the navigation calls it; left out where other pages lead there. */
  readonly title?: Bilingual;
  readonly respond: (c: Context<DeskEnv>, ctx: Outside) => Promise<Response>;
}

/** A page as its noun declares it: it still needs what only the whole desk knows. */
export type DeclaredDeskPage = DeskPage<WholeDesk>;
