/** Names of the heads' outputs in a model's file. */
export const outputNames = {
  rating: (column: number): string => `ratings_${column}`,
  binary: "binary_yes",
  aspects: { withoutSides: "aspects_reward", withSides: "aspects_reward_with_sides" },
  gate: { withoutSides: "gate_reward", withSides: "gate_reward_with_sides", weights: "gate_weights" },
} as const;
