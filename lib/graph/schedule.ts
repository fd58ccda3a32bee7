/** A learning rate that rises in a line over `warmUpSteps` steps and then falls along half a cosine, nearly to 0. */
export type WarmUpCosine = { peak: number; warmUpSteps: number; totalSteps: number };

/** The learning rate of step `step`, counted from 1. The last of the rising steps has the peak. */
export function warmUpCosine(step: number, { peak, warmUpSteps, totalSteps }: WarmUpCosine): number {
  if (step <= warmUpSteps) return (peak * step) / warmUpSteps;
  const progress = (step - warmUpSteps) / Math.max(1, totalSteps - warmUpSteps + 1);
  return (peak * (1 + Math.cos(Math.PI * progress))) / 2;
}
