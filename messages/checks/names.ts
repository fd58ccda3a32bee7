/** What stands in the code in every language, with the reason why it is no text to translate. */
export const names: Record<string, string> = {
  Tandem: "the product",
  "%s · Tandem": "the product, behind the title of a page",
  "{0} · Tandem": "the product, behind the title of a page",
  curl: "a program",
  Python: "a language of programs",
  CSV: "a format",
  '{"id": "q1", "prompt": "...", "completions": [{"text": "..."}, {"text": "..."}]}': "a line of a file",
  n: "the sign for a number of observations",
  "R²": "a measure",
  Spearman: "a measure, named for its author",
  AUC: "a measure",
  ECE: "a measure",
  F1: "a measure",
  "https://api.example.org/v1": "an address",
  Shift: "a key",
  Esc: "a key",
  Enter: "a key",
  "!text-muted-foreground": "a class of a toast",
};

/** Files and folders, by how their path begins, whose texts are not for people of the site. */
export const exempt: Record<string, string> = {
  "lib/env.ts": "the environment of a process, read by who starts it",
  "lib/db/": "the command line, and the log of a start",
  "lib/reward/download-model.ts": "the command line",
  "lib/graph/": "calculations, which know no request",
};

const stored = "thrown in a run, and kept with it for every reader";
const fromThread = "thrown in a thread, which knows no request";

/** Files and folders whose errors are not tagged, as they are told by who reads or hears them; their sentences are known. */
export const untagged: Record<string, string> = {
  "lib/encoders/hashed.ts": fromThread,
  "lib/encoders/model-files.ts": fromThread,
  "lib/encoders/onnx.ts": fromThread,
  "lib/encoders/fastest-session.ts": fromThread,
  "lib/reward/dense/aggregate-steps.ts": fromThread,
  "lib/reward/training/": stored,
  "lib/routing/learn/": stored,
  "lib/judges/ask-rm.ts": stored,
  "lib/judges/attacks/attack-run.ts": stored,
  "lib/judges/demonstrations.ts": stored,
  "lib/judges/judge-run.ts": stored,
  "lib/judges/open.ts": stored,
  "lib/judges/tags/tag-run.ts": stored,
};

const toModel = "sent to a language model";
const card = "the model card, as it is downloaded";
const data = "data, which stay in their own language";

/** Files and folders whose plain sentences no page shows. */
export const unshown: Record<string, string> = {
  ...exempt,
  "lib/judges/protocols/": toModel,
  "lib/judges/attacks/attacks.ts": toModel,
  "lib/judges/attacks/probe.ts": toModel,
  "lib/encoders/endpoint.ts": "sent to an endpoint to try it",
  "lib/reward/model-card.ts": card,
  "lib/reward/evaluation/card-lines.ts": card,
  "lib/reward/heads/card.ts": card,
  "lib/reward/dense/card.ts": card,
  "lib/reward/tastes/card.ts": card,
  "lib/reward/general-preference/card.ts": card,
  "lib/reward/failures/card.ts": card,
  "lib/assignments/preview/example.ts": data,
  "lib/judges/schema.ts": "what a new judge is told, and the document of the API",
  "lib/projects/templates/": data,
  "lib/text/self-identification.ts": "how models name themselves",
  "lib/text/model-names.ts": "how models are named",
  "lib/jobs/run-events.ts": "a protocol",
  "workers/tasks.ts": "the times of the queue",
  "workers/main.ts": "the log",
  "workers/start-trainer.ts": "the log",
  "lib/text/failed-part-words.ts": card,
};

/** Plain sentences that no page shows, in files whose others are shown. */
export const unshownSentences: Record<string, string> = {
  "names {0}, which is no job; there are {1}": "the environment of a process, read by who starts it",
  "Which completion is the better answer to the prompt, all things considered?": "the text of a project",
  "no better than the share": "a kind of verdict, which pages name by a key",
  "p br h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a hr img input label table thead tbody tr th td":
    "tags",
};
