import type { JsonValue } from './json.ts';
import type { Operation } from './operations.ts';
import type { WireRequest } from './wire.ts';

/** An answer that a fault puts on the wire; a body that is text is sent as it is (HTML, half a JSON). */
export interface FaultyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
}

/**
 * What may go wrong with one call. 'acts' means that the sandbox did what was asked, whatever the caller learns.
 * - `answer`: does not act, answers this.
 * - `reset`: does not act, cuts the connection.
 * - `hang`: does not act, never answers.
 * - `actLate`: acts that many milliseconds later, even if the caller has gone, then answers.
 * - `holdBefore`: waits for `release()`, then acts and answers.
 * - `loseAnswer`: acts, cuts the connection.
 * - `answerInstead`: acts, answers this.
 * - `truncate`: acts, sends the first half of the body.
 * - `answerLate`: acts at once, answers that many milliseconds later.
 * - `hold`: acts at once, answers after `release()`.
 */
export type Fault =
  | ({ readonly kind: 'answer' } & FaultyAnswer)
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'actLate'; readonly milliseconds: number }
  | { readonly kind: 'holdBefore' }
  | { readonly kind: 'loseAnswer' }
  | ({ readonly kind: 'answerInstead' } & FaultyAnswer)
  | { readonly kind: 'truncate' }
  | { readonly kind: 'answerLate'; readonly milliseconds: number }
  | { readonly kind: 'hold' };

/** Which calls a fault meets: after `skip` matching ones (default 0), for `times` calls (default 1), if `when` agrees. */
export interface FaultScope {
  readonly skip?: number;
  readonly times?: number;
  readonly when?: (request: WireRequest) => boolean;
}

/** A fault that waits for its call. */
export class InjectedFault {
  readonly fault: Fault;
  /** Resolves when the first call has met the fault; for `hold` and `loseAnswer` that is after the sandbox has acted. */
  readonly reached: Promise<void>;
  /** Resolves when `release` is called. */
  readonly released: Promise<void>;
  readonly #scope: FaultScope;
  readonly #reached = Promise.withResolvers<void>();
  readonly #released = Promise.withResolvers<void>();
  #seen = 0;
  #removed = false;

  constructor(fault: Fault, scope: FaultScope) {
    this.fault = fault;
    this.#scope = scope;
    this.reached = this.#reached.promise;
    this.released = this.#released.promise;
  }

  /** Lets held calls go on. */
  release(): void {
    this.#released.resolve();
  }

  /** The fault meets no further calls, and held ones go on. */
  remove(): void {
    this.#removed = true;
    this.release();
  }

  /** Called by the wire: notes the call and says whether the fault meets it. */
  meets(request: WireRequest): boolean {
    const { skip = 0, times = 1, when = () => true } = this.#scope;
    if (this.#removed || !when(request)) return false;
    this.#seen += 1;
    return this.#seen > skip && this.#seen <= skip + times;
  }

  /** Called by the wire at the point that `reached` describes. */
  arrived(): void {
    this.#reached.resolve();
  }
}

/** The faults that wait for calls. */
export class Faults {
  readonly #injected = new Map<Operation, InjectedFault[]>();

  /** Makes the next matching call of that operation go wrong. Of several faults for one call the oldest wins. */
  inject(operation: Operation, fault: Fault, scope: FaultScope = {}): InjectedFault {
    const injected = new InjectedFault(fault, scope);
    const list = this.#injected.get(operation) ?? [];
    this.#injected.set(operation, [...list, injected]);
    return injected;
  }

  /** Removes every fault. */
  clear(): void {
    for (const injected of [...this.#injected.values()].flat()) injected.remove();
    this.#injected.clear();
  }

  /** The fault that this call meets, if any. */
  meeting(operation: Operation, request: WireRequest): InjectedFault | undefined {
    return this.#injected.get(operation)?.find((injected) => injected.meets(request));
  }
}
