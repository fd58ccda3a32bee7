import type { FitView } from "@/lib/routing/fits/schema";
import type { RoutingView } from "@/lib/routing/schema";
import type { RoutingSettings } from "@/lib/routing/settings/schema";
import type { FitState } from "../../_components/policy-kinds";

export type BacktestProps = {
  slug: string;
  fit: FitView;
  /** The newest fit, which policies go by. */
  newest: FitState;
  routing: RoutingView;
  settings: RoutingSettings;
  currency: string;
  canManage: boolean;
};
