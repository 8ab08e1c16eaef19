import { expect, test } from 'vitest';
import { callsReply } from '../../src/core/show-calls.ts';
import { keys, type Plan } from '../../src/core/records.ts';
import type { PlannedCall } from '../../src/core/ports.ts';
import { testClock } from '../clock.ts';
import { account, process, target } from '../operations/account.ts';

/** What is shown of calls, as lines; `parts` make the plan another one. */
async function shown(calls: PlannedCall[], parts: Partial<Plan> = {}) {
  const aws = account(testClock());
  const { world } = process(aws);
  const change = { kind: 'scale', sizes: { min: 2, max: 4 } };
  await aws.store.put(keys.plan('plan_1'), { id: 'plan_1', state: 'proposed', target, change, ...parts });
  const platform = { ...world.inventory.platform(target), calls: async () => calls };
  const reply = await callsReply(
    { ...world, inventory: { ...world.inventory, platform: () => platform } },
    'plan_1',
    'U1',
  );
  const lines = reply.parts.flatMap((part) => (part.kind === 'lines' ? part.lines : []));
  const text = lines.map(
    ({ parts: [said] }) => (said?.with?.['text'] as { code: string } | undefined)?.code ?? said?.say,
  );
  return { text, foot: reply.foot?.map(({ say }) => say) ?? [] };
}

const call = (input: PlannedCall['input']): PlannedCall => ({ service: 'ecs', operation: 'UpdateService', input });

test('a call is its operation and a line for each member', async () => {
  const { text, foot } = await shown([call({ service: 'api-prod', desiredCount: 4 })]);

  expect(text).toEqual(['calls.title', 'ecs UpdateService', 'service: "api-prod"', 'desiredCount: 4']);
  expect(foot).toEqual([]);
});

test('a long member is taken apart until each line is read whole, and what is hidden is explained', async () => {
  const environment = Array.from({ length: 20 }, (_, index) => ({ name: `NAME_${index}`, value: '…' }));

  const { text, foot } = await shown([call({ containers: [{ name: 'web', environment }, { name: 'log' }] })]);

  expect(text.slice(2, 5)).toEqual([
    'containers[0].name: "web"',
    'containers[0].environment[0]: {"name":"NAME_0","value":"…"}',
    'containers[0].environment[1]: {"name":"NAME_1","value":"…"}',
  ]);
  expect(text.at(-1)).toBe('containers[1]: {"name":"log"}');
  expect(text.every((line) => line!.length <= 200)).toBe(true);
  expect(foot).toEqual(['calls.hidden']);
});

test('no calls, a plan that is over and one that is gone are said as such', async () => {
  const { world } = process(account(testClock()));

  expect((await shown([])).text).toEqual(['calls.none']);
  expect((await shown([call({})], { state: 'ended' })).text).toEqual(['late.ended']);
  expect(JSON.stringify(await callsReply(world, 'plan_2', 'U1'))).toContain('late.gone');
});
