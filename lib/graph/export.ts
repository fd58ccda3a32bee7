import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { layOut, type GraphDefinition, type Layout } from "./layout";
import type { Shape } from "./shape";
import { onnxTypes, requireFits, type Attribute, type DType, type TensorData } from "./tensor";

// Field numbers are those of onnx.proto3 in the ONNX repository.

/** Operator set 18 and its file version: old enough for any onnxruntime from 1.14 on, new enough for every operator here. */
const opsetVersion = 18;
const irVersion = 8;
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 };

/**
 * Writes a graph as the bytes of an .onnx file. Parameters with `values` become its weights, those without its inputs.
 * `metadata` is kept in the file for whoever loads it. Throws `internal` when a value does not fit its parameter.
 */
export function exportModel(definition: GraphDefinition & { metadata?: Readonly<Record<string, string>> }): Uint8Array {
  const layout = layOut(definition);
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(irVersion);
  writer.tag(2, WireType.LengthDelimited).string("tandem");
  message(writer, 7, () => writeGraph(writer, layout, definition.values ?? {}));
  message(writer, 8, () => {
    writer.tag(1, WireType.LengthDelimited).string("");
    writer.tag(2, WireType.Varint).int64(opsetVersion);
  });
  for (const [key, value] of Object.entries(definition.metadata ?? {})) {
    message(writer, 14, () => {
      writer.tag(1, WireType.LengthDelimited).string(key);
      writer.tag(2, WireType.LengthDelimited).string(value);
    });
  }
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, layout: Layout, values: NonNullable<GraphDefinition["values"]>): void {
  for (const { name, tensor, inputs } of layout.operations) {
    message(writer, 1, () => {
      for (const part of inputs) writer.tag(1, WireType.LengthDelimited).string(part);
      writer.tag(2, WireType.LengthDelimited).string(name);
      writer.tag(3, WireType.LengthDelimited).string(name);
      writer.tag(4, WireType.LengthDelimited).string(tensor.op);
      for (const [key, attribute] of Object.entries(tensor.attributes)) {
        message(writer, 5, () => writeAttribute(writer, key, attribute));
      }
    });
  }
  writer.tag(2, WireType.LengthDelimited).string(layout.name);
  for (const { name, tensor } of layout.initializers) {
    if (tensor.kind === "constant") {
      message(writer, 5, () => writeTensor(writer, name, tensor.dtype, tensor.shape as number[], tensor.data));
    } else {
      const value = values[tensor.name]!;
      requireFits(value, tensor);
      message(writer, 5, () => writeTensor(writer, name, value.dtype, value.shape, value.data));
    }
  }
  for (const { name, dtype, shape } of layout.inputs)
    message(writer, 11, () => writeValueInfo(writer, name, dtype, shape));
  for (const { name, tensor } of layout.outputs) {
    message(writer, 12, () => writeValueInfo(writer, name, tensor.dtype, tensor.shape));
  }
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: Attribute): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  if ("float" in attribute) {
    writer.tag(2, WireType.Bit32).float(attribute.float);
    writer.tag(20, WireType.Varint).int32(attributeTypes.float);
  } else if ("int" in attribute) {
    writer.tag(3, WireType.Varint).int64(attribute.int);
    writer.tag(20, WireType.Varint).int32(attributeTypes.int);
  } else if ("string" in attribute) {
    writer.tag(4, WireType.LengthDelimited).string(attribute.string);
    writer.tag(20, WireType.Varint).int32(attributeTypes.string);
  } else {
    for (const value of attribute.ints) writer.tag(8, WireType.Varint).int64(value);
    writer.tag(20, WireType.Varint).int32(attributeTypes.ints);
  }
}

/** Writes a TensorProto into the message that is open. */
export function writeTensor(
  writer: BinaryWriter,
  name: string,
  dtype: DType,
  shape: readonly number[],
  data: TensorData,
): void {
  for (const length of shape) writer.tag(1, WireType.Varint).int64(length);
  writer.tag(2, WireType.Varint).int32(onnxTypes[dtype]);
  writer.tag(8, WireType.LengthDelimited).string(name);
  // ONNX stores little-endian numbers, as every platform that Node runs on does.
  writer.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writeValueInfo(writer: BinaryWriter, name: string, dtype: DType, shape: Shape): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  message(writer, 2, () => {
    message(writer, 1, () => {
      writer.tag(1, WireType.Varint).int32(onnxTypes[dtype]);
      message(writer, 2, () => {
        for (const dim of shape) {
          message(writer, 1, () => {
            if (typeof dim === "number") writer.tag(1, WireType.Varint).int64(dim);
            else writer.tag(2, WireType.LengthDelimited).string(dim);
          });
        }
      });
    });
  });
}

/** Writes an embedded message in the field `fieldNumber`. */
function message(writer: BinaryWriter, fieldNumber: number, write: () => void): void {
  writer.tag(fieldNumber, WireType.LengthDelimited).fork();
  write();
  writer.join();
}
