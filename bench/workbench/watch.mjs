/* global window, document, performance, addEventListener, requestAnimationFrame */
// Runs in the page before its own scripts and keeps in window.watched, in milliseconds:
// next: from each Enter to the frame that shows the next instance's texts;
// keys: from each other key to the next paint, as the Event Timing API tells it, which is silent below 16 ms;
// lcp: the newest largest contentful paint.
const watched = { next: [], keys: [], lcp: 0 };
window.watched = watched;

new PerformanceObserver((list) => {
  watched.lcp = list.getEntries().at(-1).startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });

const enters = new Set();
new PerformanceObserver((list) => {
  for (const { name, startTime, duration } of list.getEntries())
    if (name === "keydown" && !enters.has(Math.round(startTime))) watched.keys.push(duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });

const shown = () => document.querySelector("[data-pane]");

addEventListener(
  "keydown",
  ({ key, timeStamp }) => {
    if (key !== "Enter") return;
    enters.add(Math.round(timeStamp));
    const before = shown();
    const look = () => {
      const now = shown();
      if (!now || now === before) return requestAnimationFrame(look);
      // A message sent while a frame is prepared arrives once that frame is on its way to the screen.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => watched.next.push(performance.now() - timeStamp);
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  },
  { capture: true },
);
