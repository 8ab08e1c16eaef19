/** Runs work one after the other within a lane, lanes side by side. What fails does not stop what waits behind it. */
export function lanes(): (lane: string, work: () => Promise<void>) => Promise<void> {
  const tails = new Map<string, Promise<void>>();
  return (lane, work) => {
    const mine = (tails.get(lane) ?? Promise.resolve()).then(work, work);
    tails.set(lane, mine);
    const leave = () => {
      if (tails.get(lane) === mine) tails.delete(lane);
    };
    return mine.finally(leave);
  };
}
