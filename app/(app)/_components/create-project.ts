import { api } from "@/app/_components/api-client";
import type { RunView } from "@/lib/jobs/schema";
import type { CreatedProject, CreateProjectInput } from "@/lib/projects/schema";

/** Milliseconds between two looks at the run. */
const everyMs = 250;
/** So long it is waited for: a run that takes longer goes on by itself. */
const mostMs = 20_000;

/**
 * Makes a project, and waits until its sample instances are in, if it has any. They come in any case: that nobody can say
 * how far they are is no fault of the project, which would seem not to be there and its slug taken.
 */
export async function createProject(input: CreateProjectInput): Promise<CreatedProject> {
  const made = await api<CreatedProject>("POST", "/api/v1/projects", input);
  if (made.samplesRunId !== null) await waitForRun(made.slug, made.samplesRunId).catch(() => undefined);
  return made;
}

async function waitForRun(slug: string, id: string): Promise<void> {
  for (let waited = 0; waited < mostMs; waited += everyMs) {
    const { finishedAt } = await api<RunView>("GET", `/api/v1/projects/${slug}/runs/${id}`);
    if (finishedAt !== null) return;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
