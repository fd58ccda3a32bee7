import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { expect, test } from "vitest";
import { exportModel } from "./export";
import { importModel } from "./import-model";
import { openSession } from "./session";
import { elementCount, type HostTensor } from "./tensor";

type Attribute = { int: number } | { float: number };

/** A file of one operator, in any operator set. */
type SmallFile = {
  opset: number;
  op: string;
  shape: readonly number[];
  /** Instead of numbers. */
  dims?: readonly string[];
  attributes?: Readonly<Record<string, Attribute>>;
  outputs?: readonly string[];
};

/** Field numbers are those of onnx.proto3 in the ONNX repository, as in export.ts. */
function bytesOf({ opset, op, shape, dims, attributes = {}, outputs = ["y"] }: SmallFile): Uint8Array {
  const writer = new BinaryWriter();
  const text = (field: number, value: string) => writer.tag(field, WireType.LengthDelimited).string(value);
  const whole = (field: number, value: number) => writer.tag(field, WireType.Varint).int64(value);
  const message = (field: number, write: () => void): void => {
    writer.tag(field, WireType.LengthDelimited).fork();
    write();
    writer.join();
  };
  whole(1, 8);
  message(7, () => {
    message(1, () => {
      text(1, "x");
      for (const output of outputs) text(2, output);
      text(4, op);
      for (const [name, value] of Object.entries(attributes)) {
        message(5, () => {
          text(1, name);
          if ("int" in value) whole(3, value.int);
          else writer.tag(2, WireType.Bit32).float(value.float);
          whole(20, "int" in value ? 2 : 1);
        });
      }
    });
    text(2, "small");
    message(11, () => {
      text(1, "x");
      const lengths = () =>
        shape.forEach((length, each) => message(1, () => (dims ? text(2, dims[each]!) : whole(1, length))));
      message(2, () => message(1, () => (whole(1, 1), message(2, lengths))));
    });
    for (const output of outputs) {
      message(12, () => {
        text(1, output);
        message(2, () => message(1, () => whole(1, 1)));
      });
    }
  });
  message(8, () => (text(1, ""), whole(2, opset)));
  return writer.finish();
}

async function outputsOf(bytes: Uint8Array, shape: readonly number[]): Promise<Record<string, HostTensor>> {
  const data = Float32Array.from({ length: elementCount(shape) }, (_, i) => ((i * 7) % 11) / 4 - 1);
  const session = await openSession(bytes);
  const results = await session.run({ x: { dtype: "float32", shape, data } });
  await session.dispose();
  return results;
}

const three = ["a", "b", "c"];

test.each<[string, SmallFile]>([
  ["a softmax of 11 along the last of two axes", { opset: 11, op: "Softmax", shape: [2, 3] }],
  ["a softmax of 11 that names the last axis", { opset: 11, op: "Softmax", shape: [2, 3, 4], attributes: axis(2) }],
  ["a softmax of 13", { opset: 13, op: "Softmax", shape: [2, 3, 4] }],
  ["a softmax of 13 along a middle axis", { opset: 13, op: "Softmax", shape: [2, 3, 4], attributes: axis(1) }],
  ["a log softmax of 9", { opset: 9, op: "LogSoftmax", shape: [4, 3] }],
  ["bounds of 9", { opset: 9, op: "Clip", shape: [6], attributes: { min: { float: -0.5 }, max: { float: 0.75 } } }],
  ["one bound of 9", { opset: 9, op: "Clip", shape: [6], attributes: { min: { float: 0.25 } } }],
  ["thirds of 11", { opset: 11, op: "Split", shape: [6, 2], outputs: three }],
  ["thirds of 13", { opset: 13, op: "Split", shape: [2, 6], outputs: three, attributes: axis(-1) }],
  [
    "unequal thirds of 18",
    { opset: 18, op: "Split", shape: [8], outputs: three, attributes: { num_outputs: { int: 3 } } },
  ],
])("imported, %s: the numbers are onnxruntime's", async (_what, file) => {
  const bytes = bytesOf(file);
  const { outputs } = importModel(bytes);
  const ours = await outputsOf(exportModel({ name: "imported", outputs }), file.shape);
  const theirs = await outputsOf(bytes, file.shape);
  expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  for (const [name, { shape, data }] of Object.entries(theirs)) {
    expect(ours[name]!.shape).toEqual(shape);
    data.forEach((value, i) => expect(Number(ours[name]!.data[i])).toBeCloseTo(Number(value), 6));
  }
});

test.each(["Softmax", "LogSoftmax"])("a %s of 12 over several axes is refused", (op) => {
  expect(() => importModel(bytesOf({ opset: 12, op, shape: [2, 3, 4] }))).toThrow(
    `${op} cannot be imported: in operator set 12 it normalises over all axes from 1 on`,
  );
});

test("an operator set before NumPy's broadcasting is refused", () => {
  expect(() => importModel(bytesOf({ opset: 6, op: "Relu", shape: [2] }))).toThrow(
    "The file is written in ONNX's operator set 6; export the model with 7 or later.",
  );
});

test("a length of the file's own that is named like a sum is refused unless it is fixed", () => {
  const bytes = bytesOf({ opset: 18, op: "Relu", shape: [2, 3], dims: ["batch", "seq-1"] });
  expect(() => importModel(bytes)).toThrow(
    'The file\'s input "x" has a length "seq-1", which would be taken for a number, a sum or a product of lengths; fix',
  );
  expect(importModel(bytes, { "seq-1": 3 }).outputs["y"]!.shape).toEqual(["batch", 3]);
});

test("an output that nothing gives is refused by its name", () => {
  const bytes = bytesOf({ opset: 18, op: "Relu", shape: [2], outputs: ["y", "nowhere"] });
  expect(() => importModel(bytes)).toThrow('The file\'s output "nowhere" is given by none of its operators.');
});

function axis(int: number): Record<string, Attribute> {
  return { axis: { int } };
}
