import { betaQuantile } from "./beta";

/**
 * The 97.5 % quantile of Student's t with so many degrees of freedom, 1 or more: t^2 / (df + t^2) is Beta(1/2, df/2), and
 * 95 % of it lie below that of t.
 */
export function student975(degrees: number): number {
  const part = betaQuantile(0.95, 0.5, degrees / 2);
  return Math.sqrt((degrees * part) / (1 - part));
}
