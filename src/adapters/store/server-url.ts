/** True for `postgres://…`; false for a directory, and for what is neither. */
export function isServerUrl(databaseUrl: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(databaseUrl);
}
