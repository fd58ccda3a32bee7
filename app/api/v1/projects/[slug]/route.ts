import { endpoint } from "@/app/api/endpoint";
import { deleteProject } from "@/lib/projects/delete";
import { getProject } from "@/lib/projects/queries";
import { projectResponse, updateProjectInput } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";

export const GET = endpoint(
  { summary: "Get a project with its task schema and guidelines", audience: "project:view", response: projectResponse },
  ({ access }) => getProject(access),
);

export const PATCH = endpoint(
  {
    summary: "Change a project; fields left out stay as they are",
    audience: "project:update",
    body: updateProjectInput,
    response: projectResponse,
  },
  ({ access, body }) => updateProject(access, body),
);

export const DELETE = endpoint(
  { summary: "Delete a project with everything in it", audience: "project:delete" },
  ({ access }) => deleteProject(access),
);
