/** Any value that JSON can carry. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** A JSON object; members that are undefined are left out on the wire. */
export type JsonObject = { readonly [key: string]: JsonValue | undefined };

/** True if the value is a JSON object (neither null nor an array). */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member as text, or undefined if it is missing or of another type. */
export function textOf(value: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  const found = memberOf(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The value at the end of a path of member names, or undefined if the path breaks off. */
export function memberOf(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  let current = value;
  for (const name of path) {
    if (!isObject(current)) return undefined;
    current = current[name];
  }
  return current;
}

/** The member as a list, empty if it is missing or not a list. */
export function listOf(value: JsonValue | undefined, ...path: readonly string[]): readonly JsonValue[] {
  const found = memberOf(value, ...path);
  return isList(found) ? found : [];
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
