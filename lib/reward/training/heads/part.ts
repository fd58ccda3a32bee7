import type { Tensor } from "@/lib/graph/tensor";
import type { HeadShape, ModelValues } from "../head";
import type { ArtifactPart } from "../score";
import { outputNames } from "./output-names";
import { aspectOutputs, type AspectTemperatures } from "./aspects";
import { binaryOutputs, type BinaryCalibration } from "./binary";
import { gateOutputs, type Gate } from "./gate";
import type { UsableExamples } from "./heads";
import { ratingOutputs } from "./ratings";

/** What validation makes of the heads' outputs, by column. */
export type HeadCalibration = {
  ratings: readonly number[];
  binary: readonly BinaryCalibration[];
  aspects: readonly AspectTemperatures[];
  gate: Gate | null;
};

/** Outputs as they were trained. */
export function uncalibrated({ ratings, binary, aspects }: UsableExamples): HeadCalibration {
  return {
    ratings: ratings.columns.map(() => 1),
    binary: binary.columns.map(() => ({ scale: 1, shift: 0 })),
    aspects: aspects.columns.map(() => ({ withoutSides: 1, withSides: 1 })),
    gate: null,
  };
}

/** What the heads beside the overall reward say, as a part of the model's file; null where there are none. */
export function headsPart(given: {
  shape: HeadShape;
  usable: UsableExamples;
  values: ModelValues;
  calibration: HeadCalibration;
}): ArtifactPart | null {
  const { shape, usable, values, calibration } = given;
  const { ratings, binary, aspects } = usable;
  const { gate } = calibration;
  const outputs = [
    ...(ratings.columns.length > 0 ? [ratingOutputs(shape, ratings.scales, calibration.ratings)] : []),
    ...(binary.columns.length > 0 ? [binaryOutputs(shape, calibration.binary)] : []),
    ...(aspects.columns.length > 0 ? [aspectOutputs(shape, calibration.aspects)] : []),
  ];
  if (outputs.length === 0) return null;
  return {
    outputs({ hidden, sides }) {
      const said = Object.assign({}, ...outputs.map((of) => of(hidden, sides))) as Record<string, Tensor>;
      const [withoutSides, withSides] = [said[outputNames.aspects.withoutSides], said[outputNames.aspects.withSides]];
      if (!gate || !withoutSides || !withSides) return said;
      return { ...said, ...gateOutputs(gate, shape.width)({ withoutSides, withSides }) };
    },
    values: { ...values, ...gate?.values },
  };
}
