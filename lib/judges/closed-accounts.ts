import { prisma } from "@/lib/db/client";
import { accountKey, findClosed } from "@/lib/providers/account";
import { lmConfig } from "./schema";
import { openKey } from "./stored-key";

/** Until when providers want no requests of judges, by the judge's id; of those alone whose account is closed. */
export async function closedUntil(judgeIds: string[]): Promise<Map<string, Date>> {
  const judges = await prisma.judge.findMany({
    where: { id: { in: judgeIds }, kind: "lm" },
    select: {
      ...{ projectId: true, id: true, encryptedKey: true },
      versions: { select: { config: true }, orderBy: { version: "desc" }, take: 1 },
    },
  });
  const accounts = judges.flatMap((judge) => {
    const apiKey = openKey(judge);
    if (apiKey === undefined) return [];
    const { baseUrl } = lmConfig.parse(judge.versions[0]!.config);
    return { judgeId: judge.id, key: accountKey(judge.projectId, baseUrl, apiKey) };
  });
  const closed = await findClosed(accounts.map(({ key }) => key));
  return new Map(accounts.flatMap(({ judgeId, key }) => (closed.has(key) ? [[judgeId, closed.get(key)!]] : [])));
}
