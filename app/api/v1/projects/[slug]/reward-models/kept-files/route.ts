import { endpoint } from "@/app/api/endpoint";
import { getKeptFiles, setKeptFiles } from "@/lib/reward/old-versions";
import { keptFiles } from "@/lib/reward/schema";

export const GET = endpoint(
  {
    summary: "Read which versions of the reward model keep their files",
    audience: "reward:read",
    response: keptFiles,
  },
  ({ access }) => getKeptFiles(access),
);

export const PUT = endpoint(
  {
    summary: "Set which versions keep their files; those of the others are deleted within an hour, their figures stay",
    audience: "reward:manage",
    body: keptFiles,
    response: keptFiles,
  },
  ({ access, body }) => setKeptFiles(access, body),
);
