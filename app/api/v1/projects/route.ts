import { endpoint } from "@/app/api/endpoint";
import { createProject } from "@/lib/projects/create";
import { listProjects } from "@/lib/projects/queries";
import { createProjectInput, projectListQuery, projectListResponse, projectResponse } from "@/lib/projects/schema";

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
    summary: "Create a project",
    audience: "project:create",
    body: createProjectInput,
    response: projectResponse,
    status: 201,
  },
  ({ access, body }) => createProject(access, body),
);
