import { AppError } from "@/lib/errors";
import { identity } from "./ops";
import { topologicalOrder } from "./order";
import { formatShape } from "./shape";
import {
  describe,
  type Constant,
  type HostTensor,
  type Input,
  type Operation,
  type Parameter,
  type Tensor,
} from "./tensor";

export type GraphDefinition = {
  name: string;
  outputs: Readonly<Record<string, Tensor>>;
  /** Values of parameters, by name. A parameter without values is an input of the graph. */
  values?: Readonly<Record<string, HostTensor>>;
};

/** A graph ready to be written: every tensor has its name, operations stand after what they use. */
export type Layout = {
  name: string;
  inputs: (Input | Parameter)[];
  initializers: { name: string; tensor: Constant | Parameter }[];
  operations: { name: string; tensor: Operation; inputs: string[] }[];
  outputs: { name: string; tensor: Tensor }[];
};

/** Constants up to this many numbers are compared, and written once when equal. */
const comparedConstantLength = 16;

/**
 * Names and orders what the outputs need. Inputs and parameters keep their names, outputs have their keys, everything
 * else is called after its operator and its place: the same expressions get the same names. Throws `internal` when two
 * tensors claim one name.
 */
export function layOut({ name, outputs, values = {} }: GraphDefinition): Layout {
  const named = namedOutputs(outputs);
  const order = topologicalOrder(Object.values(named));
  const names = nameTensors(name, order, named);
  const initializers = new Map<string, Constant | Parameter>();
  const layout: Layout = { name, inputs: [], initializers: [], operations: [], outputs: [] };
  for (const tensor of order) {
    const own = names.get(tensor)!;
    if (tensor.kind === "operation") {
      layout.operations.push({ name: own, tensor, inputs: tensor.inputs.map((part) => names.get(part)!) });
    } else if (tensor.kind === "constant" || (tensor.kind === "parameter" && values[tensor.name])) {
      initializers.set(own, tensor);
    } else {
      layout.inputs.push(tensor);
    }
  }
  layout.initializers = Array.from(initializers, ([own, tensor]) => ({ name: own, tensor }));
  layout.outputs = Object.entries(named).map(([own, tensor]) => ({ name: own, tensor }));
  return layout;
}

/** ONNX gives a value one name: what is not an operation, or is an output already, goes through Identity. */
function namedOutputs(outputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const used = new Set<Tensor>();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => {
      const own = tensor.kind === "operation" && !used.has(tensor) ? tensor : identity(tensor);
      used.add(own);
      return [name, own];
    }),
  );
}

function nameTensors(graph: string, order: readonly Tensor[], outputs: Record<string, Tensor>): Map<Tensor, string> {
  const holders = new Map<string, Tensor>();
  const names = new Map<Tensor, string>();
  const claim = (tensor: Tensor, name: string): void => {
    const holder = holders.get(name);
    if (holder) {
      const message = `In graph ${graph}, "${name}" names both ${describe(holder)} and ${describe(tensor)}; rename one.`;
      throw new AppError("internal", message);
    }
    holders.set(name, tensor);
    names.set(tensor, name);
  };
  for (const tensor of order) if (tensor.kind === "input" || tensor.kind === "parameter") claim(tensor, tensor.name);
  for (const [name, tensor] of Object.entries(outputs)) claim(tensor, name);

  const counts = new Map<string, number>();
  const nextName = (stem: string): string => {
    const count = counts.get(stem) ?? 0;
    counts.set(stem, count + 1);
    const name = `${stem}_${count}`;
    return holders.has(name) ? nextName(stem) : name;
  };
  const constants = new Map<string, string>();
  for (const tensor of order) {
    if (names.has(tensor)) continue;
    if (tensor.kind === "operation") {
      claim(tensor, nextName(tensor.op.toLowerCase()));
    } else if (tensor.kind === "constant") {
      const content = contentOf(tensor);
      const known = content && constants.get(content);
      if (known) {
        names.set(tensor, known);
      } else {
        claim(tensor, nextName("const"));
        if (content) constants.set(content, names.get(tensor)!);
      }
    }
  }
  return names;
}

/** Type, shape and numbers of a short constant. */
function contentOf({ dtype, shape, data }: Constant): string | undefined {
  return data.length > comparedConstantLength ? undefined : `${dtype}${formatShape(shape)}${data.join()}`;
}
