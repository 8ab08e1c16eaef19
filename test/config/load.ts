// Loads settings from plain text, for tests.
import { loadConfig } from '../../src/config.ts';
import { ConfigError } from '../../src/core/errors.ts';

export type Env = Record<string, string>;

/** The configuration of an environment and, when given, an opsjack.yaml. */
export function load(env: Env, yaml?: string, needs: ('slack' | 'aws')[] = []) {
  return loadConfig({ env, needs, readFile: (path) => (path === 'opsjack.yaml' ? yaml : undefined) });
}

/** Every problem of a configuration that must be refused. */
export function problems(env: Env, yaml?: string, needs: ('slack' | 'aws')[] = []): readonly string[] {
  try {
    load(env, yaml, needs);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('was accepted');
}
