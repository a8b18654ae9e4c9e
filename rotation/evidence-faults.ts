import type { Fault } from "../components/domain/rotation/faults";
import { liveStages } from "../components/domain/rotation/stages";
import type { Step } from "../components/domain/rotation/steps";
import type { RotatingStack } from "./stack";
import type { Evidence } from "./verify/evidence";

/** A step that uses something new, or takes something away, waits for everybody who was not seen to be ready for it. */
export function evidenceFaults(
    evidence: Evidence,
    { stack, ledger }: RotatingStack,
    field: string,
    step: Step,
): readonly Fault[] {
    if (evidence.stack !== stack || (step.kind !== "promote" && step.kind !== "retire")) return [];
    const seen = evidence.fields[field];
    const generations = ledger[field];
    if (seen === undefined || generations === undefined) return [];
    const anew = `Look again: npm run rotate -- verify --stack ${stack}`;
    const isOfAnother = liveStages(generations).some(
        ({ stage, generation }) => seen.ledger[stage] !== generation,
    );
    if (isOfAnother) return [{ message: "the consumers were looked at with another ledger", fix: anew }];
    if (evidence.syncedOnly)
        return [{ message: "it was not looked at what the pods run", fix: `${anew}, without --synced` }];
    return [
        ...seen.behind.map((consumer) => ({
            message: `${consumer} does not run what the ledger says`,
            fix: anew,
        })),
        ...seen.unknown.map((consumer) => ({ message: `${consumer} could not be asked`, fix: anew })),
    ];
}
