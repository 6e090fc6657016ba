/** Puts values into the placeholders of a JSON document. The `${{NAME}}` form is the Microsoft 365 Agents Toolkit's own. */
import type { z } from 'zod';
import type { ManifestValues } from './variables.ts';

/** Any JSON value. */
export type Json = z.core.util.JSONType;

const placeholder = /\$\{\{\s*(\w+)\s*\}\}/g;

/** Fills strings only, never keys, and never parses what it puts in. A placeholder without a value stays as it is. */
export function fill(template: Json, values: ManifestValues): Json {
  if (typeof template === 'string') {
    return template.replace(
      placeholder,
      (whole, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined) ?? whole,
    );
  }
  if (Array.isArray(template)) return template.map((item) => fill(item, values));
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, values)]));
  }
  return template;
}

/** The placeholders that are left in a document, each once, in the order of the document. */
export function placeholdersIn(document: Json): readonly string[] {
  return [...new Set(JSON.stringify(document).match(placeholder) ?? [])];
}
