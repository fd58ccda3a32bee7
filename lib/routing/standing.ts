import { Prisma } from "@/lib/db/generated/client";
import { newestRouteOf } from "./asked-judges";

/**
 * Of `labels l`: labels of judges that their policy does not let stand. What was sent on to people for what judges said is
 * theirs to answer, and until one of them has, judges have no say in it; afterwards their labels count as any. Of what a
 * cascade passes on to its second judge, what the first said counts no more.
 */
export function didNotStand(projectId: string): Prisma.Sql {
  return Prisma.sql`(l.source = 'lm' and l.annotator like 'judge:%'
    and exists (select from policies where project_id = ${projectId}::uuid and payload ->> 'kind' in ('confidence', 'cascade'))
    and exists (select from ${newestRouteOf(Prisma.sql`l.project_id`, Prisma.sql`l.instance_id`)} as newest
      where newest.stage > 0 and case newest.route
        when 'lm' then l.annotator like regexp_replace(newest.payload -> 'cuts' -> 0 ->> 'judge', '@[0-9]+$', '@%')
        else not exists (select from labels h where h.project_id = l.project_id and h.instance_id = l.instance_id
          and h.source = 'human' and h.is_current) end))`;
}
