/** Where the API has a project's reward models. */
export function modelsPath(slug: string): `/api/v1/${string}` {
  return `/api/v1/projects/${slug}/reward-models`;
}
