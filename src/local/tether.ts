// Loaded into the bot's process before it: ends it when the workspace is gone, however that ended.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
