/** A question that is asked once, and whose answer all who ask it get; a failure is an answer, too. */
export interface Once<Value> {
  (): Promise<Value>;
  /** The answer, if the question was asked; undefined also when it failed. */
  soFar(): Promise<Value | undefined>;
}

/** Makes it of a question. */
export function once<Value>(ask: () => Promise<Value>): Once<Value> {
  let answer: Promise<Value> | undefined;
  const asking = () => {
    answer ??= ask();
    return answer;
  };
  // Whoever asked has seen the failure.
  return Object.assign(asking, { soFar: async () => answer?.catch(() => undefined) });
}
