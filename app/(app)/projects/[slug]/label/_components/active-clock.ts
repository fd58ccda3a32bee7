/** Milliseconds without input after which a person is taken to be away. */
export const idleAfterMs = 60_000;

/**
 * Adds up the time during which a person is at work: the page is visible and the last input less than a minute old. The
 * minute without input itself is not counted. Times come from outside, in milliseconds of one monotonic clock.
 */
export type ActiveClock = {
  /** A key, a pointer, a scroll. */
  input: (now: number) => void;
  show: (now: number) => void;
  hide: (now: number) => void;
  /** Active milliseconds so far. */
  read: (now: number) => number;
};

/** Starts with the time of `before`; an instance that comes to a page in the background waits there without time. */
export function startActiveClock(before: number, now: number, isShown = true): ActiveClock {
  let total = before;
  let isVisible = isShown;
  /** Up to here the total is known. */
  let counted = now;
  let lastInput = now;

  /** Time until the last input is work for sure; what comes after it is work if another input follows soon. */
  const settle = (until: number) => {
    if (isVisible && until - lastInput <= idleAfterMs) total += until - counted;
    counted = until;
  };
  return {
    input: (at) => {
      settle(at);
      lastInput = at;
    },
    show: (at) => {
      if (isVisible) return;
      isVisible = true;
      counted = at;
      lastInput = at;
    },
    hide: (at) => {
      settle(at);
      isVisible = false;
    },
    read: (at) => (isVisible && at - lastInput <= idleAfterMs ? total + at - counted : total),
  };
}
