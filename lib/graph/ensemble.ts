import { AppError } from "@/lib/errors";
import { parameter, type DType, type HostTensor, type Parameter } from "./tensor";

/**
 * An ensemble is one model whose parameters lead with an axis of K members. MatMul, broadcasting and reductions over the
 * other axes carry it through, so that K models train in one graph as K batched products. Members stay independent as long
 * as the loss is the sum of their losses and a gradient is clipped by its member's norm.
 */
export function memberParameter(
  name: string,
  members: number,
  shape: readonly number[],
  dtype: DType = "float32",
): Parameter {
  return parameter(name, [members, ...shape], dtype);
}

/** The values of K models as one tensor that leads with the members. Throws `internal` unless they are alike. */
export function stackMembers(values: readonly HostTensor[]): HostTensor {
  const [first] = values;
  if (!first) throw new AppError("internal", "An ensemble needs at least one member.");
  const isAlike = values.every(({ dtype, shape }) => dtype === first.dtype && shape.join() === first.shape.join());
  if (!isAlike) throw new AppError("internal", "The members of an ensemble must have values of one type and shape.");
  const stacked = emptyLike(first, values.length);
  values.forEach((value, member) => copyInto(stacked, member, value.data));
  return { ...stacked, shape: [values.length, ...first.shape] };
}

/** The values of one member, a copy. */
export function memberOf(stacked: HostTensor, member: number): HostTensor {
  const { dtype, shape, data } = stacked;
  const size = data.length / shape[0]!;
  return { dtype, shape: shape.slice(1), data: data.slice(member * size, (member + 1) * size) };
}

/** `before` with the members for which `isTaken` says so from `after`. */
export function mergeMembers(before: HostTensor, after: HostTensor, isTaken: readonly boolean[]): HostTensor {
  return stackMembers(isTaken.map((taken, member) => memberOf(taken ? after : before, member)));
}

function emptyLike({ dtype, data }: HostTensor, times: number): HostTensor {
  const Numbers = data.constructor as new (length: number) => HostTensor["data"];
  return { dtype, shape: [], data: new Numbers(data.length * times) };
}

function copyInto({ data }: HostTensor, member: number, from: HostTensor["data"]): void {
  (data as Float32Array).set(from as Float32Array, member * from.length);
}
