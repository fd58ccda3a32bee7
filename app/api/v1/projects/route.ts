import { endpoint } from "@/app/api/endpoint";
import { createWithSamples } from "@/lib/datasets/samples";
import { listProjects } from "@/lib/projects/queries";
import { createdProject, createProjectInput, projectListQuery, projectListResponse } from "@/lib/projects/schema";

export const GET = endpoint(
  {
    summary: "List the projects you may open, newest first",
    audience: "signed-in",
    query: projectListQuery,
    response: projectListResponse,
  },
  ({ access, query }) => listProjects(access, query),
);

export const POST = endpoint(
  {
    summary: "Create a project, empty or from a template",
    audience: "project:create",
    body: createProjectInput,
    response: createdProject,
    status: 201,
  },
  ({ access, body }) => createWithSamples(access, body),
);
