import type { ShownInstance } from "../view-shown";

const completion = (index: number, text: string): ShownInstance["completions"][number] => ({
  ...{ index, text, model: `model-${index}` },
  ...{ steps: [], hasSteps: false, images: [] },
});

/** What a project without instances is previewed with. */
export const exampleInstance: ShownInstance = {
  prompt: "How many minutes are there in three and a half hours? Show how you get there.",
  messages: null,
  context: "From a set of exercises for eleven-year-olds.",
  reference: "210 minutes.",
  images: [],
  completions: [
    completion(
      0,
      "An hour has 60 minutes.\n\nThree hours have 3 × 60 = **180** minutes, and half an hour has 30.\n\nTogether that is 180 + 30 = **210 minutes**.",
    ),
    completion(1, "Sure! An hour has 60 minutes, so 3.5 × 60 = 200.\n\nThe answer is 200 minutes."),
    completion(2, "210"),
  ],
};
