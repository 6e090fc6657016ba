/** Many crashes in few lanes at once: most of a crash is waiting for a takeover. */
import type { CrashPoint } from './crash-points.ts';
import type { Lane } from './lane.ts';

/** What came of each point. The work begins at the first question. */
export class SideBySide {
  readonly #open: () => Promise<Lane>;
  readonly #waiting: CrashPoint[];
  readonly #ends: Map<CrashPoint, PromiseWithResolvers<void>>;
  readonly #lanes: number;
  #working: Promise<unknown> | undefined;

  /** @param open opens a lane; one in which a crash went wrong is left for a new one */
  constructor(points: readonly CrashPoint[], lanes: number, open: () => Promise<Lane>) {
    this.#open = open;
    this.#waiting = [...points];
    this.#lanes = lanes;
    this.#ends = new Map(points.map((point) => [point, Promise.withResolvers<void>()]));
  }

  /** Resolves when the point has held, throws with what went wrong. */
  async outcome(point: CrashPoint): Promise<void> {
    this.#working ??= Promise.all(Array.from({ length: this.#lanes }, () => this.#lane()));
    await Promise.race([this.#ends.get(point)?.promise, this.#working.then(() => this.#ends.get(point)?.promise)]);
  }

  /** Resolves when every lane is closed, throws when one did not end well. */
  async closed(): Promise<void> {
    await this.#working;
  }

  async #lane(): Promise<void> {
    let lane: Lane | undefined;
    for (let point = this.#waiting.shift(); point !== undefined; point = this.#waiting.shift()) {
      lane ??= await this.#open();
      const end = this.#ends.get(point);
      // Whoever asks for this outcome gets the error; that may be later.
      end?.promise.catch(() => undefined);
      try {
        await lane.crashAt(point);
        end?.resolve();
      } catch (error) {
        end?.reject(error);
        await lane.abandon();
        lane = undefined;
      }
    }
    await lane?.close();
  }
}
