import Link from "next/link";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { formatNumber } from "@/app/_components/ui/numbers";
import type { RoutingView } from "@/lib/routing/schema";
import { NextTryNote } from "../../judges/_components/next-try-note";

type NoticesProps = { slug: string; routing: RoutingView; canManage: boolean };

/** What keeps the policy from doing what it says. */
export function Notices({ slug, routing, canManage }: NoticesProps) {
  const { waiting, stopped, current, model, gains, open } = routing;
  const isByScore = current.policy.kind === "uncertainty";
  return (
    <>
      {waiting.instances > 0 && !waiting.hasJudge ? (
        <Waiting slug={slug} routing={routing} canManage={canManage} />
      ) : null}
      {stopped.map(({ judgeId, name, error, ...stop }) => (
        <Alert key={judgeId} tone="warning" title={`Judge ${name} stopped`}>
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <span className="min-w-0 wrap-anywhere">
              {error} <NextTryNote {...stop} />
            </span>
            <Button asChild size="sm">
              <Link href={`/projects/${slug}/judges/${judgeId}`}>Open judge</Link>
            </Button>
          </div>
        </Alert>
      ))}
      {isByScore && model === null ? (
        <Alert tone="info" title="No reward model is promoted yet">
          Until one is, nothing has a score to go by, and instances are drawn at random with the same share for people.
        </Alert>
      ) : null}
      {isByScore && model !== null && model.scored < open ? (
        <Alert
          tone="info"
          title={`${formatNumber(open - model.scored)} of ${formatNumber(open)} open instances have no score of reward model ${model.version}`}
        >
          They are drawn at random with the same share for people, and routed anew when they are scored.
        </Alert>
      ) : null}
      {gains && !gains.hasPrice ? <Unpriced slug={slug} /> : null}
      {gains && gains.hasPrice && gains.measured < open ? (
        <Alert
          tone="info"
          title={`${formatNumber(open - gains.measured)} of ${formatNumber(open)} open instances are not measured yet`}
        >
          What their texts are like is measured by itself. Until then they are drawn at random with the same share for
          people, and routed anew afterwards.
        </Alert>
      ) : null}
    </>
  );
}

/** Why a policy by gain per cost has nothing to go by, and where that is changed. */
function Unpriced({ slug }: { slug: string }) {
  return (
    <Alert tone="warning" title="An hour of people’s time has no price">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          So nothing tells what gains most for its price, and instances are drawn at random with the same share.
        </span>
        <Button asChild size="sm">
          <Link href={`/projects/${slug}/spending`}>Open spending</Link>
        </Button>
      </div>
    </Alert>
  );
}

/** Why instances wait for an AI that will not come, and where that is changed. */
function Waiting({ slug, routing: { waiting }, canManage }: NoticesProps) {
  const [these, are, them] = waiting.instances === 1 ? ["It", "is", "it"] : ["They", "are", "them"];
  return (
    <Alert
      tone="warning"
      title={`${formatNumber(waiting.instances)} ${waiting.instances === 1 ? "instance waits" : "instances wait"} for an AI`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          {these} {are} routed to AI, and no judge is switched on that may label {them}.
          {canManage ? "" : " Ask an admin of the project for one."}
        </span>
        {canManage ? (
          <Button asChild size="sm">
            <Link href={`/projects/${slug}/judges`}>Open judges</Link>
          </Button>
        ) : null}
      </div>
    </Alert>
  );
}
