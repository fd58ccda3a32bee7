import { prisma } from "@/lib/db/client";
import type { Agreement } from "./schema";

/** What was said by whom: "judge:<id>@<version>" or "user:<id>", as labels sign. */
export type AgreementByAnnotator = Map<string, Agreement>;

/**
 * How many current labels judges and people gave from one day to another, and how many say what most people say. A label
 * is compared where other people answered the same question about the same completions and one answer of theirs is more
 * frequent than all others; it agrees when it gives that answer: the preferred completion or a tie, not who cannot tell, the value of a rating
 * or a thumb, the ranks, the first wrong step. Spans and critiques are not compared.
 */
export async function readAgreement(projectId: string, from: string, to: string): Promise<AgreementByAnnotator> {
  const rows = await prisma.$queryRaw<({ annotator: string } & Agreement)[]>`
    with given as (
      select instance_id, question, aspect, target, source, annotator,
        case type when 'comparison' then case when not payload ? 'cannotTell' then payload ->> 'preferred' end when 'rating' then payload ->> 'value'
          when 'binary' then payload ->> 'value' when 'ranking' then payload ->> 'ranks'
          when 'steps' then coalesce(payload ->> 'firstError', 'none') end as answer
      from labels
      where project_id = ${projectId}::uuid and is_current and source in ('lm', 'rm', 'human')
        and (annotator like 'judge:%' or user_id is not null)
        and created_at >= ${from}::date::timestamp at time zone 'UTC' and created_at < (${to}::date + 1)::timestamp at time zone 'UTC'
    ), about as (
      select distinct instance_id, question, aspect, target from given where answer is not null
    ), votes as (
      select l.instance_id, l.question, l.aspect, l.target, count(*) as votes,
        case l.type when 'comparison' then case when not l.payload ? 'cannotTell' then l.payload ->> 'preferred' end when 'rating' then l.payload ->> 'value'
          when 'binary' then l.payload ->> 'value' when 'ranking' then l.payload ->> 'ranks'
          when 'steps' then coalesce(l.payload ->> 'firstError', 'none') end as answer
      from about a join labels l on l.project_id = ${projectId}::uuid and l.instance_id = a.instance_id
        and l.question = a.question and l.aspect = a.aspect and l.target = a.target and l.source = 'human' and l.is_current
      group by l.instance_id, l.question, l.aspect, l.target, answer
    ), compared as (
      select g.annotator,
        -- Without the label's own vote where a person gave it.
        coalesce(max(v.votes - (g.source = 'human')::int) filter (where v.answer = g.answer), 0) as same,
        coalesce(array_agg(v.votes order by v.votes desc) filter (where v.answer <> g.answer), '{}') as others
      from given g left join votes v on v.instance_id = g.instance_id and v.question = g.question and v.aspect = g.aspect
        and v.target = g.target and g.answer is not null
      group by g.annotator, g.source, g.answer, g.instance_id, g.question, g.aspect, g.target
    )
    select annotator, count(*)::int as labels,
      count(*) filter (where same > coalesce(others[1], 0))::int as agreed,
      count(*) filter (where same > coalesce(others[1], 0) or others[1] > same and others[1] > coalesce(others[2], 0))::int as compared
    from compared group by annotator`;
  return new Map(rows.map(({ annotator, ...figures }) => [annotator, figures]));
}
