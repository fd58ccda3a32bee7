import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { AppError } from "@/lib/errors";
import { writeTensor } from "./export";
import { readTensorName } from "./read-model";
import type { HostTensor } from "./tensor";

// Field numbers are those of onnx.proto3 in the ONNX repository, as in export.ts.
const [graphOfModel, initializerOfGraph] = [7, 5];

/**
 * An .onnx file with other numbers in the weights named in `values`. All else stays byte for byte: operators, metadata and
 * lengths that are known only at the run, which an imported graph may have had to fix. Throws `invalid` for a weight that the
 * file does not have.
 */
export function replaceWeights(bytes: Uint8Array, values: Readonly<Record<string, HostTensor>>): Uint8Array {
  const missing = new Set(Object.keys(values));
  const replaced = rewrite(bytes, graphOfModel, (graph) =>
    rewrite(graph, initializerOfGraph, (tensor) => {
      const name = readTensorName(tensor);
      const value = values[name];
      if (!value) return tensor;
      missing.delete(name);
      const writer = new BinaryWriter();
      writeTensor(writer, name, value.dtype, value.shape, value.data);
      return writer.finish();
    }),
  );
  if (missing.size > 0) throw new AppError("invalid", `The file has no weight ${[...missing].join(", ")}.`);
  return replaced;
}

/** A message with every field `number`, itself a message, put through `change`. */
function rewrite(bytes: Uint8Array, number: number, change: (message: Uint8Array) => Uint8Array): Uint8Array {
  const reader = new BinaryReader(bytes);
  const writer = new BinaryWriter();
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wire] = reader.tag();
    if (field === number && wire === WireType.LengthDelimited) {
      writer.tag(field, wire).bytes(change(reader.bytes()));
    } else {
      reader.skip(wire, field);
      writer.raw(bytes.subarray(start, reader.pos));
    }
  }
  return writer.finish();
}
