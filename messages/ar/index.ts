import frame from "./frame.json";
import ui from "./ui.json";
import people from "./people.json";
import projects from "./projects.json";
import instances from "./instances.json";
import datasets from "./datasets.json";
import runs from "./runs.json";
import label from "./label.json";
import judges from "./judges.json";
import rewardModels from "./reward-models.json";
import routing from "./routing.json";
import spending from "./spending.json";
import taskSchema from "./task-schema.json";

export default {
  frame,
  ui,
  people,
  projects,
  instances,
  datasets,
  runs,
  label,
  judges,
  rewardModels,
  routing,
  spending,
  taskSchema,
};
