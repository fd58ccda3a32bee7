/**
 * Trains reward models on files of preference data and prints their held-out figures beside the baselines and beside
 * scikit-learn's logistic regression on the same vectors and the same split, as one JSON object.
 *
 *     python -m venv venv && venv/bin/pip install scikit-learn
 *     npm run bench -- reward --data FILE [--data FILE ...] [--encoder FOLDER ...] [--seeds 5] [--speed]
 *                             [--python venv/bin/python] [--json]
 *
 * FILE has the import format, plain or gzipped. Every file is measured with the built-in encoder and with each FOLDER's
 * model (docs/encoders.md). A seed decides which fifth of the prompts tests, which validates, and the model's start; the
 * test pairs of all seeds are pooled, and every interval is of 95 % from drawing prompts again. `less_logistic` is the
 * model's accuracy less that of the logistic regression, pair by pair, and `log_loss_less_logistic` the same of the log
 * loss, where below 0 is better. `--speed` trains once more, on 50,000 made pairs of vectors with 384 numbers.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { encodeHashed, hashedEncoderVersion } from "@/lib/encoders/hashed";
import { openOnnxEncoder } from "@/lib/encoders/onnx";
import { sideFeatures } from "@/lib/encoders/side-features";
import type { FeatureVector } from "@/lib/encoders/sparse";
import { measureEncoder, type EncodedFile } from "./reward/measure";
import { readPairs } from "./reward/read-file";
import { measureSpeed } from "./reward/speed";

const { values: flags } = parseArgs({
  options: {
    data: { type: "string", multiple: true, default: [] },
    encoder: { type: "string", multiple: true, default: [] },
    seeds: { type: "string", default: "5" },
    python: { type: "string", default: "python3" },
    speed: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
if (flags.data.length === 0) throw new Error("Say which file: --data FILE");

type Encoder = { name: string; width: number; encode: (texts: readonly string[]) => Promise<FeatureVector[]> };

const started = performance.now();
const encoders = [builtIn(), ...(await Promise.all(flags.encoder.map(fromFolder)))];
const results: object[] = [];
for (const file of flags.data) {
  const { pairs, texts, labelledBy } = readPairs(file);
  for (const { name, width, encode } of encoders) {
    const before = performance.now();
    const features = await encode(texts);
    const textsPerSecond = Math.round((1000 * texts.length) / (performance.now() - before));
    const encoded: EncodedFile = { pairs, features, width, sides: texts.map(sideFeatures) };
    const measured = await measureEncoder(encoded, { seeds: Number(flags.seeds), python: flags.python });
    const about = { data: path.basename(file), labelled_by: labelledBy, encoder: name, texts_per_s: textsPerSecond };
    results.push({ ...about, ...measured });
    console.error(JSON.stringify(results.at(-1)));
  }
}
const report = {
  results,
  ...(flags.speed && { speed: await measureSpeed() }),
  wall_s: Math.round((performance.now() - started) / 1000),
};
console.log(JSON.stringify(report, null, flags.json ? undefined : 2));

function builtIn(): Encoder {
  const encode = async (texts: readonly string[]): Promise<FeatureVector[]> => texts.map((text) => encodeHashed(text));
  return { name: hashedEncoderVersion, width: 1024, encode };
}

async function fromFolder(folder: string): Promise<Encoder> {
  const { width, encode } = await openOnnxEncoder({ folder, pooling: "mean", threads: 2 });
  return {
    name: path.basename(folder),
    width,
    async encode(texts) {
      // Like lengths go together, so that little of a batch is padding.
      const order = [...texts.keys()].toSorted((a, b) => texts[a]!.length - texts[b]!.length);
      const vectors = new Array<FeatureVector>(texts.length);
      for (let start = 0; start < order.length; start += 64) {
        const places = order.slice(start, start + 64);
        const part = await encode(places.map((place) => texts[place]!));
        places.forEach((place, i) => (vectors[place] = part[i]!));
      }
      return vectors;
    },
  };
}
