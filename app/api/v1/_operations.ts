import type { RouteModule } from "@/app/api/openapi";
import * as allowedHosts from "./allowed-hosts/route";
import * as apiKeys from "./api-keys/route";
import * as apiKey from "./api-keys/[id]/route";
import * as audit from "./audit/route";
import * as firstRun from "./first-run/route";
import * as invitations from "./invitations/route";
import * as invitation from "./invitations/[id]/route";
import * as invitationsAccept from "./invitations/accept/route";
import * as invitationsJoin from "./invitations/join/route";
import * as me from "./me/route";
import * as meAppearance from "./me/appearance/route";
import * as meKeyBindings from "./me/key-bindings/route";
import * as mePassword from "./me/password/route";
import * as openapiJson from "./openapi.json/route";
import * as projects from "./projects/route";
import * as project from "./projects/[slug]/route";
import * as assignments from "./projects/[slug]/assignments/route";
import * as assignment from "./projects/[slug]/assignments/[id]/route";
import * as assignmentDraft from "./projects/[slug]/assignments/[id]/draft/route";
import * as assignmentRelease from "./projects/[slug]/assignments/[id]/release/route";
import * as assignmentReveal from "./projects/[slug]/assignments/[id]/reveal/route";
import * as assignmentSkip from "./projects/[slug]/assignments/[id]/skip/route";
import * as assignmentSkipReason from "./projects/[slug]/assignments/[id]/skip-reason/route";
import * as assignmentSubmit from "./projects/[slug]/assignments/[id]/submit/route";
import * as assignmentsNext from "./projects/[slug]/assignments/next/route";
import * as assignmentsProgress from "./projects/[slug]/assignments/progress/route";
import * as assignmentsProgressDays from "./projects/[slug]/assignments/progress/days/route";
import * as projectAudit from "./projects/[slug]/audit/route";
import * as images from "./projects/[slug]/images/route";
import * as image from "./projects/[slug]/images/[id]/route";
import * as instances from "./projects/[slug]/instances/route";
import * as instance from "./projects/[slug]/instances/[id]/route";
import * as instanceFeatures from "./projects/[slug]/instances/[id]/features/route";
import * as instanceFlag from "./projects/[slug]/instances/[id]/flags/[assignmentId]/route";
import * as instanceVerdicts from "./projects/[slug]/instances/[id]/verdicts/route";
import * as projectInvitations from "./projects/[slug]/invitations/route";
import * as projectInvitation from "./projects/[slug]/invitations/[id]/route";
import * as judges from "./projects/[slug]/judges/route";
import * as judge from "./projects/[slug]/judges/[id]/route";
import * as judgeAttacks from "./projects/[slug]/judges/[id]/attacks/route";
import * as judgeForecast from "./projects/[slug]/judges/[id]/forecast/route";
import * as judgeReport from "./projects/[slug]/judges/[id]/report/route";
import * as judgeAgreement from "./projects/[slug]/judges/[id]/agreement/route";
import * as judgeRun from "./projects/[slug]/judges/[id]/run/route";
import * as judgeVerdicts from "./projects/[slug]/judges/[id]/verdicts/route";
import * as judgeTags from "./projects/[slug]/judges/[id]/tags/route";
import * as judgeSubject from "./projects/[slug]/judges/subject/route";
import * as judgeTry from "./projects/[slug]/judges/try/route";
import * as labels from "./projects/[slug]/labels/route";
import * as members from "./projects/[slug]/members/route";
import * as member from "./projects/[slug]/members/[userId]/route";
import * as quality from "./projects/[slug]/quality/route";
import * as qualityAiAnnotators from "./projects/[slug]/quality/ai-annotators/route";
import * as qualityAiAnnotatorReport from "./projects/[slug]/quality/ai-annotators/report/route";
import * as routing from "./projects/[slug]/routing/route";
import * as routingEstimates from "./projects/[slug]/routing/estimates/route";
import * as routingFeatures from "./projects/[slug]/routing/features/route";
import * as routingPlan from "./projects/[slug]/routing/plan/route";
import * as routingPolicies from "./projects/[slug]/routing/policies/route";
import * as routingBacktest from "./projects/[slug]/routing/backtest/route";
import * as routingFit from "./projects/[slug]/routing/fit/route";
import * as routingFits from "./projects/[slug]/routing/fits/route";
import * as routingFitVersion from "./projects/[slug]/routing/fits/[version]/route";
import * as routingSettings from "./projects/[slug]/routing/settings/route";
import * as routingPreview from "./projects/[slug]/routing/preview/route";
import * as routingTagClassifier from "./projects/[slug]/routing/tag-classifier/route";
import * as routingRollback from "./projects/[slug]/routing/rollback/route";
import * as routingRoutes from "./projects/[slug]/routing/routes/route";
import * as rewardModels from "./projects/[slug]/reward-models/route";
import * as rewardModel from "./projects/[slug]/reward-models/[id]/route";
import * as rewardModelArtifact from "./projects/[slug]/reward-models/[id]/artifact/route";
import * as rewardModelCard from "./projects/[slug]/reward-models/[id]/card/route";
import * as rewardModelGetReward from "./projects/[slug]/reward-models/[id]/get_reward/route";
import * as rewardModelPromote from "./projects/[slug]/reward-models/[id]/promote/route";
import * as rewardModelScore from "./projects/[slug]/reward-models/[id]/score/route";
import * as rewardModelVllmClassify from "./projects/[slug]/reward-models/[id]/vllm/classify/route";
import * as rewardModelVllmPooling from "./projects/[slug]/reward-models/[id]/vllm/pooling/route";
import * as rewardModelVllmScore from "./projects/[slug]/reward-models/[id]/vllm/score/route";
import * as rewardModelVllmModels from "./projects/[slug]/reward-models/[id]/vllm/v1/models/route";
import * as rewardEncoder from "./projects/[slug]/reward-models/encoder/route";
import * as rewardKeptFiles from "./projects/[slug]/reward-models/kept-files/route";
import * as rewardRollback from "./projects/[slug]/reward-models/rollback/route";
import * as rewardLearning from "./projects/[slug]/reward-models/learning/route";
import * as rewardModelSuspects from "./projects/[slug]/reward-models/[id]/suspects/route";
import * as rewardSettings from "./projects/[slug]/reward-models/settings/route";
import * as runs from "./projects/[slug]/runs/route";
import * as run from "./projects/[slug]/runs/[id]/route";
import * as runCancel from "./projects/[slug]/runs/[id]/cancel/route";
import * as runEvents from "./projects/[slug]/runs/[id]/events/route";
import * as relabelSets from "./projects/[slug]/relabel-sets/route";
import * as relabelAffected from "./projects/[slug]/relabel-sets/affected/route";
import * as relabelSet from "./projects/[slug]/relabel-sets/[id]/route";
import * as snapshots from "./projects/[slug]/snapshots/route";
import * as snapshot from "./projects/[slug]/snapshots/[id]/route";
import * as snapshotExport from "./projects/[slug]/snapshots/[id]/export/route";
import * as spending from "./projects/[slug]/spending/route";
import * as spendingCaps from "./projects/[slug]/spending/caps/route";
import * as spendingLedger from "./projects/[slug]/spending/ledger/route";
import * as spendingPrices from "./projects/[slug]/spending/prices/route";
import * as taskSchemaEffects from "./projects/[slug]/task-schema/effects/route";
import * as taskSchemaPreview from "./projects/[slug]/task-schema/preview/route";
import * as templates from "./templates/route";
import * as users from "./users/route";
import * as user from "./users/[userId]/route";
import * as userPassword from "./users/[userId]/password/route";

/** Every route below /api/v1, in the order of the documentation; a test compares it with the folders. */
export const routes: Readonly<Record<string, RouteModule>> = {
  "/templates": templates,
  "/projects": projects,
  "/projects/{slug}": project,
  "/projects/{slug}/task-schema/effects": taskSchemaEffects,
  "/projects/{slug}/task-schema/preview": taskSchemaPreview,
  "/projects/{slug}/audit": projectAudit,
  "/projects/{slug}/members": members,
  "/projects/{slug}/members/{userId}": member,
  "/projects/{slug}/invitations": projectInvitations,
  "/projects/{slug}/invitations/{id}": projectInvitation,
  "/projects/{slug}/instances": instances,
  "/projects/{slug}/instances/{id}": instance,
  "/projects/{slug}/instances/{id}/features": instanceFeatures,
  "/projects/{slug}/instances/{id}/flags/{assignmentId}": instanceFlag,
  "/projects/{slug}/instances/{id}/verdicts": instanceVerdicts,
  "/projects/{slug}/images": images,
  "/projects/{slug}/images/{id}": image,
  "/projects/{slug}/labels": labels,
  "/projects/{slug}/judges": judges,
  "/projects/{slug}/judges/subject": judgeSubject,
  "/projects/{slug}/judges/try": judgeTry,
  "/projects/{slug}/judges/{id}": judge,
  "/projects/{slug}/judges/{id}/forecast": judgeForecast,
  "/projects/{slug}/judges/{id}/run": judgeRun,
  "/projects/{slug}/judges/{id}/report": judgeReport,
  "/projects/{slug}/judges/{id}/agreement": judgeAgreement,
  "/projects/{slug}/judges/{id}/verdicts": judgeVerdicts,
  "/projects/{slug}/judges/{id}/attacks": judgeAttacks,
  "/projects/{slug}/judges/{id}/tags": judgeTags,
  "/projects/{slug}/reward-models": rewardModels,
  "/projects/{slug}/reward-models/settings": rewardSettings,
  "/projects/{slug}/reward-models/encoder": rewardEncoder,
  "/projects/{slug}/reward-models/kept-files": rewardKeptFiles,
  "/projects/{slug}/reward-models/rollback": rewardRollback,
  "/projects/{slug}/reward-models/learning": rewardLearning,
  "/projects/{slug}/reward-models/{id}": rewardModel,
  "/projects/{slug}/reward-models/{id}/promote": rewardModelPromote,
  "/projects/{slug}/reward-models/{id}/suspects": rewardModelSuspects,
  "/projects/{slug}/reward-models/{id}/score": rewardModelScore,
  "/projects/{slug}/reward-models/{id}/artifact": rewardModelArtifact,
  "/projects/{slug}/reward-models/{id}/card": rewardModelCard,
  "/projects/{slug}/reward-models/{id}/get_reward": rewardModelGetReward,
  "/projects/{slug}/reward-models/{id}/vllm/classify": rewardModelVllmClassify,
  "/projects/{slug}/reward-models/{id}/vllm/pooling": rewardModelVllmPooling,
  "/projects/{slug}/reward-models/{id}/vllm/score": rewardModelVllmScore,
  "/projects/{slug}/reward-models/{id}/vllm/v1/models": rewardModelVllmModels,
  "/projects/{slug}/assignments": assignments,
  "/projects/{slug}/assignments/next": assignmentsNext,
  "/projects/{slug}/assignments/progress": assignmentsProgress,
  "/projects/{slug}/assignments/progress/days": assignmentsProgressDays,
  "/projects/{slug}/assignments/{id}": assignment,
  "/projects/{slug}/assignments/{id}/draft": assignmentDraft,
  "/projects/{slug}/assignments/{id}/release": assignmentRelease,
  "/projects/{slug}/assignments/{id}/reveal": assignmentReveal,
  "/projects/{slug}/assignments/{id}/skip": assignmentSkip,
  "/projects/{slug}/assignments/{id}/skip-reason": assignmentSkipReason,
  "/projects/{slug}/assignments/{id}/submit": assignmentSubmit,
  "/projects/{slug}/routing": routing,
  "/projects/{slug}/routing/features": routingFeatures,
  "/projects/{slug}/routing/estimates": routingEstimates,
  "/projects/{slug}/routing/tag-classifier": routingTagClassifier,
  "/projects/{slug}/routing/plan": routingPlan,
  "/projects/{slug}/routing/preview": routingPreview,
  "/projects/{slug}/routing/rollback": routingRollback,
  "/projects/{slug}/routing/routes": routingRoutes,
  "/projects/{slug}/routing/policies": routingPolicies,
  "/projects/{slug}/routing/fit": routingFit,
  "/projects/{slug}/routing/fits": routingFits,
  "/projects/{slug}/routing/fits/{version}": routingFitVersion,
  "/projects/{slug}/routing/backtest": routingBacktest,
  "/projects/{slug}/routing/settings": routingSettings,
  "/projects/{slug}/quality": quality,
  "/projects/{slug}/quality/ai-annotators": qualityAiAnnotators,
  "/projects/{slug}/quality/ai-annotators/report": qualityAiAnnotatorReport,
  "/projects/{slug}/relabel-sets": relabelSets,
  "/projects/{slug}/relabel-sets/affected": relabelAffected,
  "/projects/{slug}/relabel-sets/{id}": relabelSet,
  "/projects/{slug}/snapshots": snapshots,
  "/projects/{slug}/snapshots/{id}": snapshot,
  "/projects/{slug}/snapshots/{id}/export": snapshotExport,
  "/projects/{slug}/spending": spending,
  "/projects/{slug}/spending/caps": spendingCaps,
  "/projects/{slug}/spending/ledger": spendingLedger,
  "/projects/{slug}/spending/prices": spendingPrices,
  "/projects/{slug}/runs": runs,
  "/projects/{slug}/runs/{id}": run,
  "/projects/{slug}/runs/{id}/cancel": runCancel,
  "/projects/{slug}/runs/{id}/events": runEvents,
  "/me": me,
  "/me/appearance": meAppearance,
  "/me/key-bindings": meKeyBindings,
  "/me/password": mePassword,
  "/api-keys": apiKeys,
  "/api-keys/{id}": apiKey,
  "/invitations": invitations,
  "/invitations/accept": invitationsAccept,
  "/invitations/join": invitationsJoin,
  "/invitations/{id}": invitation,
  "/allowed-hosts": allowedHosts,
  "/users": users,
  "/users/{userId}": user,
  "/users/{userId}/password": userPassword,
  "/audit": audit,
  "/first-run": firstRun,
  "/openapi.json": openapiJson,
};
