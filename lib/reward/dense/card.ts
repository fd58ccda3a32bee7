import { piecesInput, segmentOutput, stepOutput } from "./outputs";
import type { DenseMetrics, FigureView } from "./schema";

/** What a model card says of the heads for segments and steps; nothing where there are none. */
export function denseCard(metrics: DenseMetrics | null): string[] {
  if (!metrics) return [];
  const { segments, steps } = metrics;
  return [
    ...(segments && segments.heads.length > 0 ? segmentsCard(segments.heads) : []),
    ...(segments && segments.tooFew.length > 0
      ? [`Categories with too few marks to learn: ${segments.tooFew.map(({ name }) => name).join(", ")}.`]
      : []),
    ...(steps ? stepsCard(steps) : []),
  ];
}

function segmentsCard(heads: NonNullable<DenseMetrics["segments"]>["heads"]): string[] {
  return [
    "### Segments",
    "Sentences and parts of them that annotators mark, on held-out prompts, with 95 % intervals by prompt. A segment counts as marked from the threshold with the best F1 on the validation part; logistic regression is fitted exactly on the same vectors.",
    [
      "| category | marked | threshold | precision | recall | F1 | F1, logistic regression | difference | AUC |",
      "|---|---|---|---|---|---|---|---|---|",
      ...heads.map((head) => {
        const marked = `${head.test.positives} of ${head.test.rows} (${head.test.prompts} prompts)`;
        const figures = [head.precision, head.recall, head.f1, head.logistic.f1, head.f1Advantage].map(word);
        return `| ${[head.name, marked, head.threshold.toFixed(3), ...figures, head.auc?.toFixed(3) ?? "n/a"].join(" | ")} |`;
      }),
    ].join("\n"),
  ];
}

function stepsCard({ head, majority, firstError, oneToMany }: NonNullable<DenseMetrics["steps"]>): string[] {
  return [
    "### Steps",
    [
      `- Good or not, right on ${head.test.rows} held-out steps of ${head.test.prompts} prompts: ${word(head.accuracy)}; logistic regression ${word(head.logistic.accuracy)}, always the commoner ${word(majority)}; AUC ${head.auc?.toFixed(3) ?? "n/a"}`,
      ...(firstError
        ? [
            `- First error named right in ${firstError.completions} solutions: ${word(firstError.accuracy)}; logistic regression ${word(firstError.logistic)}, always the commonest ${word(firstError.majority)}`,
          ]
        : []),
      ...(oneToMany?.by ?? []).map(
        ({ aggregation, accuracy, bestOfN }) =>
          `- By ${aggregation} of the steps, a right solution is strictly ahead of all wrong ones in ${word(accuracy)} of ${oneToMany!.prompts} prompts, and the best of n is right in ${word(bestOfN)}`,
      ),
    ].join("\n"),
  ];
}

function word(figure: FigureView | null): string {
  if (!figure) return "n/a";
  const [value, low, high] = [figure.value, ...figure.interval].map((each) => (100 * each).toFixed(1));
  return `${value} % (${low} to ${high})`;
}

const hasHeads = (metrics: DenseMetrics | null): boolean =>
  metrics !== null && (metrics.steps !== null || (metrics.segments?.heads.length ?? 0) > 0);

/** What a run that asks of completions alone feeds besides, in Python. */
export function noRows(metrics: DenseMetrics | null, width: number): string {
  return hasHeads(metrics) ? `, "${piecesInput}": numpy.zeros((0, ${3 * width}), numpy.float32)` : "";
}

/** How the file is asked of segments and steps. */
export function denseLoading(metrics: DenseMetrics | null, width: number): string[] {
  if (!hasHeads(metrics)) return [];
  const outputs = [
    ...(metrics!.segments?.heads ?? []).map(({ name }) => segmentOutput(name)),
    ...(metrics!.steps ? [stepOutput] : []),
  ];
  return [
    `Segments and steps have an input of their own, \`${piecesInput}\` [m, ${3 * width}]: the vectors of the prompt, of the text up to and with the segment (its last 4,000 UTF-16 units), and of the segment alone; a step is trimmed, and those before it are joined by line ends. Outputs [m]: ${outputs.map((name) => `\`${name}\``).join(", ")}, probabilities. A run has to have all inputs; n or m may be 0.`,
  ];
}
