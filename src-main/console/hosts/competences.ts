import type { HostParts } from '#console/parts.ts';
import { replaceCompetences, saveWeights, setCompetence } from '#engine/configuration/competences.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { competenceCalls } from '#shared/contract/competences.ts';

export const competenceHost = ({ write }: HostParts): HostOf<typeof competenceCalls> => ({
  setCompetence: (principal, { operator_id, source_id, weight }) => write(principal, (w) => setCompetence(w, operator_id, source_id, weight)),
  replaceCompetences: (principal, { source_id, competences }) => write(principal, (w) => replaceCompetences(w, source_id, competences)),
  saveWeights: (principal, { changes }) => write(principal, (w) => saveWeights(w, changes)),
});
