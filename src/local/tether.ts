// Loaded into the bot's process before it: ends it when the workspace is gone, however that ended.
let isTold = false;
process.once('SIGTERM', () => {
  isTold = true;
});
process.once('disconnect', () => {
  // A second signal would cut short what the first has begun.
  if (!isTold) process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();
