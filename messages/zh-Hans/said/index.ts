import ground from "./ground.json";
import assignments from "./assignments.json";
import labels from "./labels.json";
import datasets from "./datasets.json";
import instances from "./instances.json";
import judges from "./judges.json";
import reward from "./reward.json";
import routing from "./routing.json";
import ledger from "./ledger.json";
import projects from "./projects.json";
import quality from "./quality.json";

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
