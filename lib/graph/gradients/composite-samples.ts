import fc from "fast-check";
import type { Checked } from "../gradient-check";
import * as ops from "../ops";
import { axisOf, floats, inFloat32, length, lengths, truths, unary } from "./operator-samples";

const dropoutSamples = lengths(1, 3).chain((shape) =>
  fc.tuple(floats([shape]), truths(shape)).map(([at, kept]): Checked => ({
    build: (a, mask) => ops.dropout(a!, mask!, 0.25),
    at: [...at, kept],
  })),
);

const splitSamples = fc
  .tuple(lengths(1, 3), fc.array(length, { minLength: 2, maxLength: 3 }))
  .chain(([others, parts]) =>
    axisOf(others).chain((axis) => {
      const shape = others.with(
        axis,
        parts.reduce((sum, each) => sum + each, 0),
      );
      // Each part by itself, so that none can stand in for another.
      return floats([shape]).map((at): Checked => ({
        build: (a) =>
          ops.concat(
            ops
              .split(a!, axis, parts)
              .map((part, i) => ops.mul(part, i + 1))
              .toReversed(),
            axis,
          ),
        at,
      }));
    }),
  );

/** Random uses of the functions that are made of other operators. For tests. */
export const compositeSamples: Readonly<Record<string, fc.Arbitrary<Checked>>> = {
  // onnxruntime computes the error function in float32 only.
  gelu: unary((a) => ops.gelu(a!)).map(inFloat32),
  geluTanh: unary((a) => ops.geluTanh(a!)),
  dropout: dropoutSamples,
  split: splitSamples,
};
