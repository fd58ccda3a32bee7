import {
  BrainCircuit,
  Activity,
  ChartNoAxesColumn,
  Coins,
  Database,
  Download,
  Folders,
  Gauge,
  History,
  KeyRound,
  ListChecks,
  LayoutDashboard,
  type LucideIcon,
  Scale,
  ScrollText,
  Settings,
  Split,
  Tag,
  Upload,
  Users,
} from "lucide-react";

// Server components cannot hand a component to the menu, so they name it.
const icons = {
  audit: ScrollText,
  data: Database,
  export: Download,
  history: History,
  import: Upload,
  judges: Scale,
  keys: KeyRound,
  label: Tag,
  models: BrainCircuit,
  overview: LayoutDashboard,
  progress: ChartNoAxesColumn,
  projects: Folders,
  quality: Gauge,
  routing: Split,
  runs: Activity,
  schema: ListChecks,
  settings: Settings,
  spending: Coins,
  team: Users,
} satisfies Record<string, LucideIcon>;

export type NavIcon = keyof typeof icons;

export type NavItem = { href: string; label: string; icon: NavIcon };

export function NavIconGlyph({ icon, className }: { icon: NavIcon; className?: string }) {
  const Icon = icons[icon];
  return <Icon aria-hidden className={className} />;
}
