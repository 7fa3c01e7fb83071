import {
  Activity,
  BookUser,
  ChartColumn,
  DatabaseBackup,
  Inbox,
  type LucideIcon,
  MessagesSquare,
  Plug,
  Scale,
  ScrollText,
  Settings,
  Users,
} from 'lucide-react';
import type { Screen } from '#kit/navigation/route.ts';

export const screenIcons: Readonly<Record<Screen, LucideIcon>> = {
  live: Activity,
  contacts: MessagesSquare,
  leads: BookUser,
  weights: Scale,
  operators: Users,
  sources: Plug,
  reports: ChartColumn,
  refused: Inbox,
  audit: ScrollText,
  backups: DatabaseBackup,
  settings: Settings,
};
