import { useFormats } from '#kit/locale/locale.ts';
import { useBoardState } from '#link/board.ts';
import { useConnection } from '#link/connection.ts';

/** While the host is away: the time of what is shown; '' if nothing has been heard yet, or the host is there. */
export function useHeard(): string {
  const { clock } = useFormats();
  const lost_at = useConnection((state) => state.lost_at);
  const heard_at = useBoardState((state) => state.heard_at);
  return lost_at === null || heard_at === 0 ? '' : clock(Math.max(heard_at, lost_at));
}
