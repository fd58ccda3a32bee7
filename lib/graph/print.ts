import { layOut, type GraphDefinition } from "./layout";
import { formatShape } from "./shape";
import type { Attribute, Constant, Tensor } from "./tensor";

/** A graph as text, one line a tensor, in the names and the order in which `exportModel` writes it. */
export function printGraph(definition: GraphDefinition): string {
  const { name, inputs, initializers, operations, outputs } = layOut(definition);
  return [
    `graph ${name}`,
    ...inputs.map((tensor) => `  ${tensor.kind} ${tensor.name}: ${typeOf(tensor)}`),
    ...initializers.map(({ name: own, tensor }) => `  ${tensor.kind} ${own}: ${typeOf(tensor)}${valuesOf(tensor)}`),
    ...operations.map(({ name: own, tensor, inputs: parts }) => {
      const attributes = Object.entries(tensor.attributes).map(
        ([key, attribute]) => `${key}=${formatAttribute(attribute)}`,
      );
      return `  ${own} = ${tensor.op}(${[...parts, ...attributes].join(", ")}): ${typeOf(tensor)}`;
    }),
    `  return ${outputs.map((output) => output.name).join(", ")}`,
    "",
  ].join("\n");
}

const typeOf = (tensor: Tensor): string => `${tensor.dtype}${formatShape(tensor.shape)}`;

function valuesOf(tensor: Tensor): string {
  if (tensor.kind !== "constant") return "";
  return ` = ${firstValues(tensor)}`;
}

function firstValues({ data }: Constant): string {
  const shown = Array.from(data.subarray(0, 8), String).join(", ");
  return data.length > 8 ? `${shown}, …` : shown;
}

function formatAttribute(attribute: Attribute): string {
  if ("ints" in attribute) return formatShape(attribute.ints);
  if ("string" in attribute) return JSON.stringify(attribute.string);
  return String("int" in attribute ? attribute.int : attribute.float);
}
