/**
 * Does for a sum what is asked for one amount after the other: amounts that come while it is being done wait, and are
 * done together next. Everyone gets what came of the sum that theirs was part of.
 */
export function together<T>(work: (sum: number) => Promise<T>): (amount: number) => Promise<T> {
  let waiting = 0;
  let next: Promise<T> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function workNext(before: Promise<unknown>): Promise<T> {
    await before;
    const sum = waiting;
    [waiting, next] = [0, undefined];
    return await work(sum);
  }

  return (amount) => {
    waiting += amount;
    if (next === undefined) {
      next = workNext(last);
      last = next.catch(() => {});
    }
    return next;
  };
}
