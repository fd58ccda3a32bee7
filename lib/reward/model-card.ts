import type { Access } from "@/lib/auth/access";
import { snapshotManifest, type SnapshotManifest } from "@/lib/datasets/schema";
import { prisma } from "@/lib/db/client";
import type { EncoderConfig } from "@/lib/encoders/schema";
import { sideFeatureNames } from "@/lib/encoders/side-features";
import { denseCard, denseLoading, noRows } from "./dense/card";
import { evaluationLines, treatmentLines } from "./evaluation/card-lines";
import { failuresOnCard } from "./failures/card";
import { scaleParagraphs } from "./general-preference/card";
import { headsOnCard } from "./heads/card";
import { readRewardModel } from "./queries";
import { fewestTestPairs, type EstimateView, type RewardModelView } from "./schema";
import { tasteParagraphs } from "./tastes/card";
import { withInterval } from "./with-interval";

/** The model card of a version, or of the active one, in Markdown. Throws `not_found` when there is none. */
export async function readModelCard(access: Access<"reward:read">, id: string): Promise<string> {
  const model = await readRewardModel(access, id);
  const { manifest } = await prisma.snapshot.findUniqueOrThrow({
    where: { projectId_id: { projectId: access.projectId, id: model.snapshotId } },
    select: { manifest: true },
  });
  return modelCard(access.slug, model, snapshotManifest.parse(manifest));
}

/** What somebody has to know who did not train the model: what from, how good, what it cannot do, how to load it. */
export function modelCard(slug: string, model: RewardModelView, manifest: SnapshotManifest): string {
  return [
    `# Reward model ${model.version} of ${slug}`,
    `An ensemble of ${model.config.training.members} small networks on frozen text features, trained on people's and AI judges' labels. ${stateOf(model)}`,
    "## Trained on",
    list(trainedOn(model, manifest)),
    ...failuresOnCard(model.metrics.failures),
    "## How good it is",
    ...accuracy(model),
    ...headsOnCard(model.metrics.heads),
    ...tasteParagraphs(model.metrics.tastes),
    ...scaleParagraphs(model.metrics.preference),
    ...denseCard(model.metrics.dense),
    ...(model.metrics.evaluation ? ["## Where it is good and where not", list(evaluationLines(model))] : []),
    "## Limits",
    list(limits(model)),
    "## How to load it",
    ...loading(slug, model),
  ]
    .join("\n\n")
    .concat("\n");
}

function stateOf({ isActive, gate }: RewardModelView): string {
  if (isActive) return "It serves.";
  return gate.isPassed ? "It passed the promotion gate and does not serve now." : "The promotion gate held it back.";
}

function trainedOn(
  { snapshotId, snapshotHash, seed, config, metrics, createdAt }: RewardModelView,
  manifest: SnapshotManifest,
) {
  const bySource = Object.entries(manifest.labels.bySource).map(([source, count]) => `${source} ${count}`);
  const question = config.question === null ? "all questions" : `question \`${config.question}\``;
  return [
    `Snapshot \`${snapshotId}\`, SHA-256 \`${snapshotHash}\`: ${manifest.labels.total} labels (${bySource.join(", ")}) on ${manifest.instances} instances`,
    `Overall it learned from the ${learnedFrom[config.from]} on ${question}, aspect \`${config.aspect}\`; an AI's vote counted ${metrics.noise?.lmWeight ?? config.lmWeight}, a person's 1`,
    ...treatmentLines({ config, metrics }),
    `Training part ${part(metrics.train)}; validation ${part(metrics.validation)}; test ${part(metrics.test)}; parts share no prompt`,
    ...(metrics.withImages > 0 ? [`Left out: ${metrics.withImages} pairs with images, which it does not see`] : []),
    `Encoder ${wordEncoder(config.encoder)}; seed ${seed}; trained ${createdAt}`,
  ];
}

const learnedFrom = {
  comparison: "comparisons",
  ranking: "rankings",
  rating: "ratings of one prompt's completions",
  binary: "right and wrong completions of one prompt",
} as const;

function wordEncoder({ version, width, model, endpoint }: EncoderConfig): string {
  const name = model ? ` (model \`${model.folder}\`, ${model.pooling} pooling)` : "";
  const address = endpoint ? ` (model \`${endpoint.model}\` at ${endpoint.baseUrl})` : "";
  return `\`${version}\`${name}${address}, width ${width}`;
}

/** Undefined for the built-in encoder. */
function modelNameOf({ model, endpoint }: EncoderConfig): string | undefined {
  return model?.folder ?? endpoint?.model;
}

function part({ pairs, ties, prompts }: RewardModelView["metrics"]["test"]): string {
  return `${pairs} pairs and ${ties} ties of ${prompts} prompts`;
}

function accuracy({ metrics, gate }: RewardModelView): string[] {
  const { withSides, withoutSides, baselines, shuffledLabels } = metrics;
  const rows: Row[] = [
    ["With length and format", withSides.accuracy],
    ["Text alone", withoutSides.accuracy],
    ...baselineNames.map(([key, name]): Row => [name, baselines[key], withSides.advantage[key]]),
    ["Trained on shuffled labels", shuffledLabels],
    ...metrics.bySource.map(({ source, accuracy: found }): Row => [
      source === "human" ? "On pairs labelled by people" : "On pairs labelled by AI alone",
      found,
    ]),
  ];
  const { error, band } = withSides.calibration;
  return [
    `Accuracy on ${metrics.test.pairs} held-out pairs beside what it has to beat, with 95 % intervals by prompt:`,
    ["| | accuracy | the model's, with length and format, less it |", "|---|---|---|", ...rows.map(tableRow)].join(
      "\n",
    ),
    list([
      `Log loss ${figure(withSides.logLoss)}, Brier score ${figure(withSides.brier)}, AUC ${figure(withSides.auc)}`,
      `Expected calibration error ${figure(error)}; a calibrated model shows ${figure(band[0])} to ${figure(band[1])} on as many pairs`,
      `Correlation of the members' rewards ${figure(metrics.memberCorrelation)}`,
    ]),
    ...warnings(withSides.advantage, gate.isWeakEvidence),
  ];
}

type Row = [name: string, accuracy: EstimateView | null, advantage?: EstimateView | null];

const baselineNames = [
  ["majority", "Majority"],
  ["longerWins", "Longer wins"],
  ["sideFeaturesOnly", "Length and format only"],
] as const;

function warnings(advantage: RewardModelView["metrics"]["withSides"]["advantage"], isWeakEvidence: boolean): string[] {
  const unbeaten = baselineNames.flatMap(([key, name]) => {
    const found = advantage[key];
    return found && found.interval[0] > 0 ? [] : [name.toLowerCase()];
  });
  return [
    ...(isWeakEvidence ? [`Weak evidence: there are fewer than ${fewestTestPairs} test pairs.`] : []),
    ...(unbeaten.length > 0
      ? [`Not shown to beat ${unbeaten.join(" or ")}: the interval of the difference reaches zero, or there is none.`]
      : []),
  ];
}

function tableRow([name, accuracy, advantage]: Row): string {
  return `| ${name} | ${withInterval(accuracy)} | ${advantage === undefined ? "" : withInterval(advantage)} |`;
}

function limits({ config, metrics }: RewardModelView): string[] {
  const frozen = modelNameOf(config.encoder);
  return [
    "Rewards are comparable between completions of one prompt only: they have no zero and no meaning across prompts.",
    `The reward reads the completion alone, not the prompt, and texts only, not images.${readsPrompts(metrics)}`,
    frozen
      ? `It knows of a text what the frozen model \`${frozen}\` makes of it, and not whether an answer fits its question.`
      : "It knows n-grams of characters and words: not facts, not logic, not whether an answer fits its question.",
    `It learned the tastes of this project's annotators and judges on aspect ${config.aspect}; elsewhere it is a guess.`,
    "A policy that is optimised against it will find its faults: prefer conservative or shaped scores, and look at samples.",
  ];
}

function readsPrompts({ heads, dense }: RewardModelView["metrics"]): string {
  const readers = [
    ...(heads?.gate ? ["the weights of the aspects"] : []),
    ...(dense?.segments || dense?.steps ? ["the heads for segments and steps"] : []),
  ];
  return readers.length === 0 ? "" : ` The prompt counts for ${readers.join(" and ")}.`;
}

function loading(slug: string, { version, config, metrics, artifactBytes }: RewardModelView): string[] {
  const file = `${slug}-reward-model-${version}.onnx`;
  if (artifactBytes === null)
    return [
      "Its file was deleted, as the project keeps those of newer versions only. A training from its snapshot makes one anew.",
    ];
  const { model, width } = config.encoder;
  const name = modelNameOf(config.encoder);
  return [
    `One ONNX file, \`${file}\`, downloaded from the version's page or \`GET .../reward-models/{id}/artifact\`. Inputs: \`features\` [n, ${width}], the encoder's vectors, and \`sides\` [n, ${sideFeatureNames.length}] (${sideFeatureNames.join(", ")}, each ln(1 + count)). Outputs: \`reward\` and \`reward_with_sides\` [n], \`members\` and \`members_with_sides\` [n, ${config.training.members}]; all divided by the temperature, so that sigmoid(reward_1 - reward_2) is the probability that 1 is preferred.${metrics.heads?.gate ? ` A further input, \`prompts\` [n, ${width}], has the vectors of the prompts alone.` : ""} What heads add is in docs/rewards.md.`,
    [
      "```python",
      ...(noRows(metrics.dense, width) === "" ? [] : ["import numpy"]),
      "import onnxruntime",
      `from tandem_features import ${name ? "sides" : "features, sides"}  # docs/clients/tandem_features.py of Tandem`,
      "",
      `session = onnxruntime.InferenceSession("${file}")`,
      'texts = ["A completion.", "Another one."]',
      ...(name
        ? [
            `vectors = ...  # float32 of length 1 from ${name}${model ? `, ${model.pooling} pooling` : ""}: docs/encoders.md`,
          ]
        : []),
      `inputs = {"features": ${name ? "vectors" : `features(texts, ${width})`}, "sides": sides(texts)${noRows(metrics.dense, width)}}`,
      ...(metrics.heads?.gate
        ? [
            `inputs["prompts"] = ${name ? "...  # likewise, of the prompts alone" : `features(["The prompt."] * 2, ${width})`}`,
          ]
        : []),
      '[reward, members] = session.run(["reward", "members"], inputs)',
      "```",
    ].join("\n"),
    ...denseLoading(metrics.dense, width),
  ];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function figure(value: number | null): string {
  return value?.toFixed(3) ?? "n/a";
}
