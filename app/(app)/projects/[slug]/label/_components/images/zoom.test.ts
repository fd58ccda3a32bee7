import fc from "fast-check";
import { expect, test } from "vitest";
import { clampView, fitted, maxZoom, panBy, transformOf, wholeView, zoomAt, type View } from "./zoom";

const frame = { width: 400, height: 200 };
const wide = { width: 800, height: 400 };

test("a picture fits its frame, whatever pixels it has", () => {
  expect(fitted(frame, wide)).toEqual({ width: 400, height: 200 });
  expect(fitted(frame, { width: 100, height: 1000 })).toEqual({ width: 20, height: 200 });
  expect(fitted(frame, { width: 40, height: 20 })).toEqual({ width: 400, height: 200 });
});

test("the whole picture stands in the middle; twice as large its corners can be reached and nothing beyond", () => {
  expect(transformOf(wholeView, frame, wide)).toBe("translate(0px, 0px) scale(1)");
  expect(clampView({ zoom: 2, x: 0, y: 1 }, frame, wide)).toEqual({ zoom: 2, x: 0.25, y: 0.75 });
  expect(transformOf({ zoom: 2, x: 0, y: 1 }, frame, wide)).toBe("translate(200px, -100px) scale(2)");
  // Of a high picture the sides stay in sight, so there is nothing to move there.
  expect(clampView({ zoom: 2, x: 0, y: 0 }, frame, { width: 100, height: 1000 })).toEqual({ zoom: 2, x: 0.5, y: 0.25 });
});

test("zooming at a place keeps what is there, and out again leads back", () => {
  const right = { x: 100, y: 0 };
  const closer = zoomAt(wholeView, 2, right, frame, wide);
  // Three quarters from the left, before and after: 100 px from the middle of 400, then of 800.
  expect(closer).toEqual({ zoom: 2, x: 0.625, y: 0.5 });
  expect(zoomAt(closer, 0.5, right, frame, wide)).toEqual(wholeView);
  expect(zoomAt(closer, 1000, right, frame, wide).zoom).toBe(maxZoom);
});

test("dragging moves the picture with the hand", () => {
  expect(panBy({ zoom: 2, x: 0.5, y: 0.5 }, { x: 80, y: -40 }, frame, wide)).toEqual({ zoom: 2, x: 0.4, y: 0.6 });
  expect(panBy(wholeView, { x: 80, y: 0 }, frame, wide)).toEqual(wholeView);
});

const side = fc.integer({ min: 1, max: 5000 });
const size = fc.record({ width: side, height: side });
const share = fc.double({ min: -1, max: 2, noNaN: true });
const view: fc.Arbitrary<View> = fc.record({ zoom: fc.double({ min: 0.1, max: 40, noNaN: true }), x: share, y: share });

test("no view leaves room between an edge of the picture and the frame that it could fill", () => {
  fc.assert(
    fc.property(view, size, size, (wanted, within, picture) => {
      const { zoom, x, y } = clampView(wanted, within, picture);
      const fit = fitted(within, picture);
      for (const [centre, length, room] of [
        [x, fit.width * zoom, within.width],
        [y, fit.height * zoom, within.height],
      ] as const) {
        const edge = centre * length - room / 2;
        if (length <= room) expect(centre).toBe(0.5);
        else expect(Math.min(edge, length - room - edge)).toBeGreaterThanOrEqual(-1e-6);
      }
    }),
  );
});
