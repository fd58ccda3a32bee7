// Node loads these files itself for browser tests, and asks for the attribute.
import ground from "./ground.json" with { type: "json" };
import assignments from "./assignments.json" with { type: "json" };
import labels from "./labels.json" with { type: "json" };
import datasets from "./datasets.json" with { type: "json" };
import instances from "./instances.json" with { type: "json" };
import judges from "./judges.json" with { type: "json" };
import reward from "./reward.json" with { type: "json" };
import routing from "./routing.json" with { type: "json" };
import ledger from "./ledger.json" with { type: "json" };
import projects from "./projects.json" with { type: "json" };
import quality from "./quality.json" with { type: "json" };

const said: Record<string, string> = {
  ...ground,
  ...assignments,
  ...labels,
  ...datasets,
  ...instances,
  ...judges,
  ...reward,
  ...routing,
  ...ledger,
  ...projects,
  ...quality,
};

export default said;
