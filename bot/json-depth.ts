/**
 * How many levels of lists and objects a value has, at most `most + 1`: more is not looked at. It walks level by level,
 * so that a deep value costs no stack here, unlike in whatever reads it afterwards.
 */
export function depthOf(value: unknown, most: number): number {
  let level = [value].filter(isNest);
  let depth = 0;
  while (level.length > 0 && depth <= most) {
    depth += 1;
    level = level.flatMap((nest) => Object.values(nest).filter(isNest));
  }
  return depth;
}

function isNest(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
