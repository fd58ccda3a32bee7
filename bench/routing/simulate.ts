import { simulateEstimates } from "./simulate-estimates";
import { simulateRouting } from "./simulate-routing";
import { simulateSelectiveRisk } from "./simulate-selective-risk";

/** Everything that can only be checked where the truth is known. */
export async function simulate(options: {
  seeds: number;
  mixes: number;
  seed: number;
  repetitions: number;
}): Promise<object> {
  console.error(JSON.stringify({ simulation: options }));
  return {
    structured_errors: await simulateRouting({ ...options, errors: "on subjects" }),
    unstructured_errors: await simulateRouting({ ...options, errors: "at random" }),
    selective_risk: simulateSelectiveRisk(options),
    estimates: simulateEstimates(options),
  };
}
