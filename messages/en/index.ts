import frame from "./frame.json";
import failure from "./failure.json";
import ui from "./ui.json";
import people from "./people.json";
import projects from "./projects.json";
import instances from "./instances.json";
import datasets from "./datasets.json";
import reading from "./reading.json";
import gallery from "./gallery.json";
import runs from "./runs.json";
import label from "./label.json";
import judges from "./judges.json";
import rewardModels from "./reward-models.json";
import routing from "./routing.json";
import spending from "./spending.json";
import taskSchema from "./task-schema.json";
import templates from "./templates.json";

export default {
  frame,
  failure,
  ui,
  people,
  projects,
  instances,
  datasets,
  reading,
  gallery,
  runs,
  label,
  judges,
  rewardModels,
  routing,
  spending,
  taskSchema,
  templates,
};
