// `prod`, `staging` and the like, from tags or names.

const words: Record<string, string> = {
  prod: 'prod',
  production: 'prod',
  prd: 'prod',
  live: 'prod',
  staging: 'staging',
  stage: 'staging',
  stg: 'staging',
  dev: 'dev',
  development: 'dev',
  test: 'test',
  qa: 'qa',
};

/** The stage the first of these names speaks of: `checkout-prod` is prod. */
export function stageInNames(...names: readonly string[]): string | undefined {
  for (const name of names) {
    const said = name
      .toLowerCase()
      .split(/[^a-z0-9]+/u)
      .findLast((part) => Object.hasOwn(words, part));
    if (said) return words[said];
  }
  return undefined;
}

/** The value of the tag `stage` or `environment`. */
export function stageInTags(tags: readonly { key?: string; value?: string }[] | undefined): string | undefined {
  const value = (name: string) => tags?.find((tag) => tag.key?.toLowerCase() === name)?.value?.toLowerCase();
  const found = value('stage') ?? value('environment');
  return found && (words[found] ?? found);
}
