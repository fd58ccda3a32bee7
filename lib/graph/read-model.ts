import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { AppError } from "@/lib/errors";
import type { Dim } from "./shape";
import { elementCount, onnxTypes, type DType, type HostTensor } from "./tensor";

// Field numbers are those of onnx.proto3 in the ONNX repository, as in export.ts.

export type ModelAttribute = { int?: number; float?: number; string?: string; ints?: number[]; tensor?: HostTensor };

export type ModelNode = {
  op: string;
  name: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, ModelAttribute>;
};

export type ModelValue = { name: string; type: number; shape: Dim[] };

/** What an .onnx file says, as far as graphs are concerned. */
export type Model = {
  nodes: ModelNode[];
  initializers: Map<string, HostTensor>;
  inputs: ModelValue[];
  outputs: ModelValue[];
  /** Version of ONNX's own operators. */
  opset: number;
};

/** Reads the bytes of an .onnx file. Throws `invalid` for numbers in other files and for element types that graphs do not have. */
export function readModel(bytes: Uint8Array): Model {
  const model: Model = { nodes: [], initializers: new Map(), inputs: [], outputs: [], opset: 0 };
  fields(bytes, {
    7: (reader) => readGraph(reader.bytes(), model),
    8: (reader) => {
      let [domain, version] = ["", 0];
      fields(reader.bytes(), {
        1: (each) => (domain = each.string()),
        2: (each) => (version = Number(each.int64())),
      });
      if (domain === "") model.opset = version;
    },
  });
  if (model.opset === 0) throw new AppError("invalid", "The file is not an ONNX model: it names no operator set.");
  return model;
}

type Readers = Record<number, (reader: BinaryReader, wire: WireType) => void>;

/** Reads a message's fields by their numbers and skips the others. */
function fields(bytes: Uint8Array, readers: Readers): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const read = readers[number];
    if (read) read(reader, wire);
    else reader.skip(wire);
  }
}

function readGraph(bytes: Uint8Array, model: Model): void {
  fields(bytes, {
    1: (reader) => model.nodes.push(readNode(reader.bytes())),
    5: (reader) => {
      const { name, tensor } = readTensor(reader.bytes());
      model.initializers.set(name, tensor);
    },
    11: (reader) => model.inputs.push(readValue(reader.bytes())),
    12: (reader) => model.outputs.push(readValue(reader.bytes())),
  });
}

function readNode(bytes: Uint8Array): ModelNode {
  const node: ModelNode = { op: "", name: "", inputs: [], outputs: [], attributes: {} };
  let domain = "";
  fields(bytes, {
    1: (reader) => node.inputs.push(reader.string()),
    2: (reader) => node.outputs.push(reader.string()),
    3: (reader) => (node.name = reader.string()),
    4: (reader) => (node.op = reader.string()),
    5: (reader) => {
      const [name, attribute] = readAttribute(reader.bytes());
      node.attributes[name] = attribute;
    },
    7: (reader) => (domain = reader.string()),
  });
  // Operators that are not ONNX's own keep their domain, so that they are refused by their whole name.
  return domain === "" || domain === "ai.onnx" ? node : { ...node, op: `${domain}.${node.op}` };
}

function readAttribute(bytes: Uint8Array): [string, ModelAttribute] {
  let name = "";
  const attribute: ModelAttribute = {};
  fields(bytes, {
    1: (reader) => (name = reader.string()),
    2: (reader) => (attribute.float = reader.float()),
    3: (reader) => (attribute.int = Number(reader.int64())),
    4: (reader) => (attribute.string = new TextDecoder().decode(reader.bytes())),
    5: (reader) => (attribute.tensor = readTensor(reader.bytes()).tensor),
    8: (reader, wire) => integers(reader, wire, (attribute.ints ??= [])),
  });
  return [name, attribute];
}

function readValue(bytes: Uint8Array): ModelValue {
  const value: ModelValue = { name: "", type: 0, shape: [] };
  fields(bytes, {
    1: (reader) => (value.name = reader.string()),
    2: (type) =>
      fields(type.bytes(), {
        1: (tensor) =>
          fields(tensor.bytes(), {
            1: (reader) => (value.type = reader.int32()),
            2: (shape) => fields(shape.bytes(), { 1: (dim) => value.shape.push(readDim(dim.bytes())) }),
          }),
      }),
  });
  // A length without a number and a name is any length; it gets a name of its own.
  value.shape = value.shape.map((dim, axis) => (dim === "" ? `${value.name}_${axis}` : dim));
  return value;
}

function readDim(bytes: Uint8Array): Dim {
  let dim: Dim = "";
  fields(bytes, { 1: (reader) => (dim = Number(reader.int64())), 2: (reader) => (dim = reader.string()) });
  return dim;
}

function readTensor(bytes: Uint8Array): { name: string; tensor: HostTensor } {
  let [name, type] = ["", 0];
  const shape: number[] = [];
  const listed: number[] = [];
  let raw: Uint8Array | undefined;
  const numbers = (read: (reader: BinaryReader) => number) => (reader: BinaryReader, wire: WireType) => {
    const end = wire === WireType.LengthDelimited ? reader.uint32() + reader.pos : reader.pos + 1;
    while (reader.pos < end) listed.push(read(reader));
  };
  fields(bytes, {
    1: (reader, wire) => integers(reader, wire, shape),
    2: (reader) => (type = reader.int32()),
    4: numbers((reader) => reader.float()),
    5: numbers((reader) => reader.int32()),
    7: numbers((reader) => Number(reader.int64())),
    8: (reader) => (name = reader.string()),
    9: (reader) => (raw = reader.bytes()),
    10: numbers((reader) => reader.double()),
    13: () => {
      throw new AppError("invalid", `The numbers of "${name}" are in another file; save the model as one file.`);
    },
  });
  return { name, tensor: toHost({ name, type, shape, listed, raw }) };
}

function integers(reader: BinaryReader, wire: WireType, into: number[]): void {
  const end = wire === WireType.LengthDelimited ? reader.uint32() + reader.pos : reader.pos + 1;
  while (reader.pos < end) into.push(Number(reader.int64()));
}

/** ONNX's int32, which graphs hold as int64, and int8 and uint8, the weights of quantised files, as float32, which has them all. */
const [int32, int8, uint8] = [6, 3, 2];

function toHost(given: {
  name: string;
  type: number;
  shape: number[];
  listed: number[];
  raw: Uint8Array | undefined;
}): HostTensor {
  const { name, type, shape, listed, raw } = given;
  // A copy, because the numbers need not stand at a multiple of their width.
  const bytes = raw && Uint8Array.from(raw).buffer;
  const data = ((): HostTensor["data"] => {
    switch (type) {
      case onnxTypes.float32:
        return bytes ? new Float32Array(bytes) : Float32Array.from(listed);
      case onnxTypes.float64:
        return bytes ? new Float64Array(bytes) : Float64Array.from(listed);
      case onnxTypes.int64:
        return bytes ? new BigInt64Array(bytes) : BigInt64Array.from(listed, BigInt);
      case int32:
        return BigInt64Array.from(bytes ? new Int32Array(bytes) : listed, BigInt);
      case int8:
        return Float32Array.from(bytes ? new Int8Array(bytes) : listed);
      case uint8:
        return Float32Array.from(bytes ? new Uint8Array(bytes) : listed);
      case onnxTypes.bool:
        return bytes ? new Uint8Array(bytes) : Uint8Array.from(listed);
      default:
        throw new AppError(
          "invalid",
          `"${name}" has ONNX's element type ${type}; only float32, float64, bool and integers are read.`,
        );
    }
  })();
  if (data.length !== elementCount(shape)) {
    throw new AppError("invalid", `"${name}" of shape [${shape.join(", ")}] has ${data.length} numbers in the file.`);
  }
  return { dtype: dtypeOf(type) ?? "float32", shape, data };
}

/** The element type of ONNX's number for it, int64 for int32; undefined for those that graphs do not have. */
export function dtypeOf(type: number): DType | undefined {
  if (type === int32) return "int64";
  const names = Object.keys(onnxTypes) as DType[];
  return names.find((name) => onnxTypes[name] === type);
}

/** The name in the bytes of a tensor. */
export function readTensorName(bytes: Uint8Array): string {
  let name = "";
  fields(bytes, { 8: (reader) => (name = reader.string()) });
  return name;
}
