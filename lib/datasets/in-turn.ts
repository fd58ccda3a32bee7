/**
 * Does things one after the other, while the one after is being made. When making or doing one fails, throws that once
 * the other has ended, so that nothing goes on behind the back of the caller.
 */
export async function inTurn<T>(things: AsyncGenerator<T>, run: (thing: T) => Promise<void>): Promise<void> {
  let running = Promise.resolve();
  try {
    for (;;) {
      const [next] = await Promise.all([things.next(), running]);
      if (next.done) break;
      running = run(next.value);
    }
  } finally {
    await Promise.allSettled([running, things.return(undefined)]);
  }
}
