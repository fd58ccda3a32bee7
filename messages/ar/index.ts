import frame from "./frame.json" with { type: "json" };
import failure from "./failure.json" with { type: "json" };
import ui from "./ui.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import projectForms from "./project-forms.json" with { type: "json" };
import projects from "./projects.json" with { type: "json" };
import instances from "./instances.json" with { type: "json" };
import datasets from "./datasets.json" with { type: "json" };
import reading from "./reading.json" with { type: "json" };
import gallery from "./gallery.json" with { type: "json" };
import runs from "./runs.json" with { type: "json" };
import label from "./label.json" with { type: "json" };
import judges from "./judges.json" with { type: "json" };
import rewardModels from "./reward-models.json" with { type: "json" };
import routing from "./routing.json" with { type: "json" };
import spending from "./spending.json" with { type: "json" };
import taskSchema from "./task-schema.json" with { type: "json" };
import templates from "./templates.json" with { type: "json" };

export default {
  frame,
  failure,
  ui,
  people,
  projectForms,
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
