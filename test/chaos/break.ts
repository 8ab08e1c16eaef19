// Loaded before the bot: puts a broken piece in the place of a good one, to show that a run would notice.
import { registerHooks } from 'node:module';
import { plants } from './plants.ts';

const plant = plants[process.env['OPSJACK_PLANT'] ?? ''];
if (!plant) throw new Error(`nothing to plant is called ${process.env['OPSJACK_PLANT']}`);
const { file, good, bad } = plant;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith(`/src/${file}`)) return loaded;
    const { source = '' } = loaded;
    const text = typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8');
    const parts = text.split(good);
    // The code has moved on: whoever changed it moves the plant along.
    if (parts.length !== 2) throw new Error(`${file} holds what is to be broken ${parts.length - 1} times`);
    return { ...loaded, source: parts.join(bad) };
  },
});
