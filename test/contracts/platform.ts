// What every platform does, shown by the real SDK clients on a simulated account.
import { afterAll, describe, expect, onTestFinished } from 'vitest';
import { simulated } from '../platforms/simulated.ts';
import type { Case, Here } from './platform/about.ts';
import { changing } from './platform/changing.ts';
import { deciding } from './platform/deciding.ts';
import { failing } from './platform/failing.ts';
import { releasing } from './platform/releasing.ts';
import { looking } from './platform/looking.ts';

/** Runs the contract; every test has an account of its own. */
export function platformContract(name: string, about: Case): void {
  describe(`${name} as a platform`, () => {
    const asked = new Set<string>();
    let permissions: readonly string[] = [];

    async function account(): Promise<Here> {
      const here = await simulated(about.make);
      ({ permissions } = here.platform);
      onTestFinished(() => {
        for (const call of here.control.calls()) asked.add(`${call.service}:${call.operation}`);
      });
      return { ...here, of: await here.target(about.target) };
    }

    looking(about, account);
    changing(about, account);
    failing(about, account);
    deciding(about, account);
    releasing(about, account);

    // Everything the tests above had it call is declared, and nothing else is.
    afterAll(() => expect([...asked].toSorted()).toEqual(permissions.toSorted()));
  });
}
