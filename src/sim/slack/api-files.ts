// The three-step upload: files.getUploadURLExternal, the bytes to that URL, files.completeUploadExternal.
import { decoded, objects, SlackError, string, type Json } from './json.ts';
import { postableChannel, threadArg, type Methods } from './method.ts';
import { app } from './seed.ts';
import { addMessage, type World } from './state.ts';

function uploadUrl(world: World, args: Json): Json {
  const name = string(args['filename']);
  const size = Number(string(args['length']));
  if (!name || !Number.isInteger(size) || size < 1) throw new SlackError('invalid_arguments');
  const id = world.id('F');
  world.files.set(id, { id, name, size, done: false });
  return { upload_url: `${world.baseUrl}/upload/${id}`, file_id: id };
}

/** Takes the bytes for a file that was announced. False when nobody announced it. */
export function receiveUpload(world: World, id: string, content: Buffer): boolean {
  const file = world.files.get(id);
  if (!file || file.content) return false;
  file.content = content;
  return true;
}

function complete(world: World, args: Json): Json {
  const files = objects(decoded(args['files'])).map((one) => {
    const file = world.files.get(string(one['id']));
    if (!file?.content || file.done) throw new SlackError('file_not_found');
    file.title = string(one['title']) || file.name;
    return file;
  });
  if (files.length === 0) throw new SlackError('invalid_arguments');
  const shown = files.map(({ id, name, title, size }) => ({ id, name, title, size }));
  for (const file of files) file.done = true;
  const channel = string(args['channel_id']) || string(args['channels']).split(',')[0];
  if (channel) {
    const thread = threadArg(args);
    addMessage(world, {
      channel: postableChannel(world, { channel }).id,
      user: app.botUser,
      bot_id: app.botId,
      files: shown,
      text: string(args['initial_comment']),
      ...(thread && { thread_ts: thread }),
    });
  }
  return { files: shown };
}

export const fileMethods: Methods = {
  'files.getUploadURLExternal': { tier: 'tier4', scope: 'files:write', run: uploadUrl },
  'files.completeUploadExternal': { tier: 'tier4', scope: 'files:write', run: complete },
};
