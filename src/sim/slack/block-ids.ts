// Ids that Slack gives to blocks and elements whose author gave none.
import { object, objects, type Json } from './json.ts';
import type { World } from './state.ts';

const SILENT = new Set(['image', 'plain_text', 'mrkdwn']);

function element(world: World, one: Json): Json {
  const silent = SILENT.has(String(one['type']));
  return silent || one['action_id'] ? one : { ...one, action_id: world.id('a') };
}

/** Blocks as Slack keeps them: every block has a block_id, everything interactive an action_id. */
export function withIds(world: World, blocks: Json[]): Json[] {
  return blocks.map((block) => {
    const named: Json = block['block_id'] ? block : { ...block, block_id: world.id('b') };
    if (block['type'] === 'actions' || block['type'] === 'context_actions') {
      return { ...named, elements: objects(block['elements']).map((one) => element(world, one)) };
    }
    if (block['type'] === 'section' && block['accessory']) {
      return { ...named, accessory: element(world, object(block['accessory'])) };
    }
    if (block['type'] === 'input') return { ...named, element: element(world, object(block['element'])) };
    return named;
  });
}
