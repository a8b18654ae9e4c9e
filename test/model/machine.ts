import { stepFaults } from "../../components/domain/rotation/faults";
import { takeStep } from "../../components/domain/rotation/steps";

/** What the model drives: the machine of the ledger, or a mutant of it. */
export interface Machine {
    readonly takeStep: typeof takeStep;
    readonly stepFaults: typeof stepFaults;
}

export const MACHINE: Machine = { takeStep, stepFaults };
