import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copied, readOnly } from '../../../src/platforms/ecs/task-definition.ts';
import type { Json } from '../../../src/platforms/ecs/whole.ts';

const change = { container: 'web', image: 'repo@sha256:new', label: '1.2', operation: 'op_1' };
const ours = [
  { key: 'opsjack:operation', value: 'op_1' },
  { key: 'opsjack:version', value: '1.2' },
];

/** JSON as JSON.parse gives it, so that -0 and __proto__ are not what is tested. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const members = fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z]{0,12}$/u), json, { maxKeys: 6 });
const name = fc.constantFrom('web', 'log-router', 'agent', 'proxy');
const container = fc
  .tuple(members, name)
  .map(([more, called]): Json => ({ ...more, name: called, image: `old/${called}:1` }));
const definition = fc.record({
  more: members,
  known: fc.dictionary(fc.constantFrom('family', 'cpu', 'taskRoleArn', 'volumes', 'runtimePlatform'), json),
  refused: fc.dictionary(fc.constantFrom(...readOnly), json),
  containers: fc.uniqueArray(container, { minLength: 1, maxLength: 4, selector: (one) => one['name'] }),
});
const tag = fc.record({ key: fc.stringMatching(/^(aws:|opsjack:|team)?[a-z]{1,8}$/u), value: fc.string() });

describe('a copy of a task definition', () => {
  it('differs in one image, the tags that say whose work it is, and nothing else, whatever AWS puts in one', () => {
    fc.assert(
      fc.property(definition, fc.array(tag, { maxLength: 8 }), ({ more, known, refused, containers }, tags) => {
        const kept = Object.entries({ ...more, ...known }).filter(([key]) => !readOnly.includes(key));
        const described = { ...more, ...known, ...refused, containerDefinitions: containers };
        const before = structuredClone(described);

        const copy = copied({ definition: described, tags }, change);

        const { containerDefinitions, tags: copiedTags, ...rest } = copy;
        const { containerDefinitions: _c, tags: _t, ...same } = Object.fromEntries(kept);
        expect(rest).toEqual(same);
        expect(containerDefinitions).toEqual(
          containers.map((one) => (one['name'] === 'web' ? { ...one, image: change.image } : one)),
        );
        const foreign = tags.filter(({ key }) => !key.startsWith('aws:') && !ours.some((own) => own.key === key));
        expect(copiedTags).toEqual([...foreign, ...ours]);
        expect(described).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('replaces the tags of the operation before', () => {
    const tags = [
      { key: 'opsjack:operation', value: 'op_0' },
      { key: 'team', value: 'shop' },
      { key: 'opsjack:version', value: '1.1' },
    ];

    expect(copied({ definition: { containerDefinitions: [] }, tags }, change)['tags']).toEqual([
      { key: 'team', value: 'shop' },
      ...ours,
    ]);
  });

  it('never has more tags than AWS takes, and rather its operation than its version', () => {
    const tags = Array.from({ length: 49 }, (_, index) => ({ key: `tag${index}`, value: 'x' }));

    const copy = copied({ definition: { containerDefinitions: [] }, tags }, change);

    expect(copy['tags']).toEqual([...tags, ours[0]]);
  });

  it('writes a version as a tag value takes it', () => {
    const copy = copied({ definition: { containerDefinitions: [] }, tags: [] }, { ...change, label: 'v1#<!here>' });

    expect(copy['tags']).toContainEqual({ key: 'opsjack:version', value: 'v1---here-' });
  });
});
