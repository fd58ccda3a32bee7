import type { Random } from "@/lib/stats/random";

const rounds = 10_000;

/** One-sided p-value of paired differences: how often their mean is as large when each has a random sign. */
export function signFlip(differences: readonly number[], random: Random): number {
  const sum = (signed: readonly number[]): number => signed.reduce((total, one) => total + one, 0);
  const seen = sum(differences);
  let asLarge = 1;
  for (let round = 0; round < rounds; round++)
    if (sum(differences.map((one) => (random() < 0.5 ? one : -one))) >= seen - 1e-12) asLarge++;
  return asLarge / (rounds + 1);
}
