import { parseActivityId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Place } from '../../src/domain/place.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Announcer, Posted, SignInOffers } from '../../src/ports.ts';
import { known } from '../build/ids.ts';

/** A conversation that remembers what was posted. The fingerprint of a card is its revision. */
export class Conversation implements Announcer, SignInOffers {
  /** What happened, in order: `card posted at 1`, `post-1 edited to 2`, `told closing`, `offered Dana a sign-in`. */
  readonly happened: string[] = [];
  /** Thrown by the next calls, one each; `undefined` lets a call through. */
  readonly faults: (Error | undefined)[] = [];
  #posts = 0;

  async postCard(request: Request): Promise<Posted> {
    this.#fail();
    this.happened.push(`card posted at ${request.revision}`);
    return this.#post(request, `revision ${request.revision}`);
  }

  async editCard(request: Request, posted: Posted): Promise<Posted> {
    this.#fail();
    const fingerprint = `revision ${request.revision}`;
    if (posted.fingerprint === fingerprint) return posted;
    this.happened.push(`${posted.activity} edited to ${request.revision}`);
    return { ...posted, fingerprint };
  }

  async postApprovalCard(request: Request, askedIn: Place): Promise<Posted> {
    this.#fail();
    this.happened.push(`approval card posted at ${request.revision}`);
    return { ...this.#post(request, `revision ${request.revision}`), conversation: askedIn.conversation };
  }

  async editApprovalCard(request: Request, _askedIn: Place, posted: Posted): Promise<Posted> {
    return await this.editCard(request, posted);
  }

  async tell(request: Request, notice: Notice, card: Posted | undefined): Promise<Posted> {
    this.#fail();
    const isElsewhere = card !== undefined && card.conversation !== request.place.conversation;
    this.happened.push(`told ${notice.key}${isElsewhere ? ' where approval is asked' : ''}`);
    return this.#post(request, notice.key);
  }

  async tellPrivately(request: Request, notice: Notice): Promise<Posted> {
    this.#fail();
    this.happened.push(`told ${notice.key} in 1:1`);
    return this.#post(request, notice.key);
  }

  /** Set to false where the bot was removed. */
  there = true;

  async isThere(_request: Request): Promise<boolean> {
    return this.there;
  }

  async tellMoved(request: Request): Promise<Posted> {
    this.#fail();
    this.happened.push('told in 1:1 that it goes on without its card');
    return this.#post(request, 'moved');
  }

  async tellNoCard(request: Request): Promise<Posted> {
    this.#fail();
    this.happened.push('told in 1:1 that there is no card');
    return this.#post(request, 'noCard');
  }

  async offer(request: Request, person: Person): Promise<Posted> {
    this.#fail();
    this.happened.push(`offered ${person.name} a sign-in`);
    return this.#post(request, 'offer');
  }

  #post({ place: { conversation } }: Request, fingerprint: string): Posted {
    this.#posts += 1;
    return { conversation, activity: known(parseActivityId(`post-${this.#posts}`)), fingerprint };
  }

  #fail(): void {
    const fault = this.faults.shift();
    if (fault !== undefined) throw fault;
  }
}
