import { parseActivityId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Announcer, Posted, SignInOffers } from '../../src/ports.ts';
import { known } from '../build/ids.ts';

/** A conversation that remembers what was posted. The fingerprint of a card is its revision. */
export class Conversation implements Announcer, SignInOffers {
  /** What happened, in order: `card posted at 1`, `card edited to 2`, `told closing`, `offered Dana a sign-in`. */
  readonly happened: string[] = [];
  /** Thrown by the next calls, one each; `undefined` lets a call through. */
  readonly faults: (Error | undefined)[] = [];
  #posts = 0;

  async showCard(request: Request, posted: Posted | undefined): Promise<Posted> {
    this.#fail();
    const fingerprint = `revision ${request.revision}`;
    if (posted?.fingerprint === fingerprint) return posted;
    this.happened.push(
      posted === undefined ? `card posted at ${request.revision}` : `card edited to ${request.revision}`,
    );
    return posted === undefined ? this.#post(request, fingerprint) : { ...posted, fingerprint };
  }

  async tell(request: Request, notice: Notice, _card: Posted): Promise<Posted> {
    this.#fail();
    this.happened.push(`told ${notice.key}`);
    return this.#post(request, notice.key);
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
