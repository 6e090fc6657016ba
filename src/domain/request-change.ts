import type { Request } from './request.ts';
import type { Effect, Outcome } from './transition.ts';

/** A change that people see. */
export function changed(to: Request, ...effects: readonly Effect[]): Outcome<Request> {
  return { kind: 'changed', to, effects: [{ kind: 'announce' }, ...effects] };
}
