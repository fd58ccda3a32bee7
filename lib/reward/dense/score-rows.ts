import { sideFeatureNames } from "@/lib/encoders/side-features";
import type { Session } from "@/lib/graph/session";
import type { HostTensor } from "@/lib/graph/tensor";
import type { DenseFeatures, DenseRow } from "./data";
import { categoriesAmong, isDenseOutput, piecesInput, segmentOutput, stepOutput } from "./outputs";
import { denseInputs, scoredAtOnce } from "./rows";

/** Segments or steps by the places of their texts. */
export type DenseRows = readonly Pick<DenseRow, "places">[];

/** Probabilities of rows: by each category that the version learned, and of being a good step. */
export type DenseScores = { categories: Record<string, number[]>; steps: number[] | null };

/** Scores rows with a session of an exported version. A version without heads for them says nothing of them. */
export async function scoreRows(session: Session, features: DenseFeatures, rows: DenseRows): Promise<DenseScores> {
  const names = session.outputNames.filter(isDenseOutput);
  const found = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let start = 0; names.length > 0 && start < rows.length; start += scoredAtOnce) {
    const inputs = {
      features: noRows(features.width),
      sides: noRows(sideFeatureNames.length),
      ...(session.inputNames.includes("prompts") && { prompts: noRows(features.width) }),
      [piecesInput]: denseInputs(features, rows.slice(start, start + scoredAtOnce)),
    };
    const outputs = await session.run(inputs, names);
    for (const [name, values] of found) values.push(...Array.from(outputs[name]!.data as Float32Array));
  }
  return {
    categories: Object.fromEntries(
      categoriesAmong(names).map((category) => [category, found.get(segmentOutput(category))!]),
    ),
    steps: found.get(stepOutput) ?? null,
  };
}

function noRows(width: number): HostTensor {
  return { dtype: "float32", shape: [0, width], data: new Float32Array(0) };
}
