/** The operators that a graph is written with, one file a family. */
export * from "./ops/activations";
export * from "./ops/arithmetic";
export * from "./ops/indexing";
export * from "./ops/matrix";
export type { Operand } from "./ops/operation";
export * from "./ops/reductions";
export * from "./ops/shaping";
