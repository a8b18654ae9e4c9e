import { editLedger, OtherEntry } from "./edit";
import { eventsFile } from "./events";
import type { RotationEvent } from "./events";
import { ChangedMeanwhile, readIfThere, replaceFiles } from "./files";
import type { FileChange } from "./files";
import type { Plan, PlannedStep } from "./plan";

/** Who takes steps, and when: the log says so, the ledger does not. */
export interface Recorder {
    /** A person or a workflow. */
    readonly by: string;
    /** ISO 8601, UTC. */
    readonly at: string;
}

/** What a step is in the log: everything about it but a value. */
function eventOf({ field, step, after }: PlannedStep, stack: string, recorder: Recorder): RotationEvent {
    const { by, at } = recorder;
    const live = step.kind === "announce" ? after.next : after.current;
    const { reason, reference } = "cause" in step ? step.cause : (live ?? after.current);
    return {
        at,
        by,
        stack,
        field,
        step: step.kind,
        generation: live?.generation ?? after.current.generation,
        reason,
        ...(reference === undefined ? {} : { reference }),
    };
}

/**
 * What the steps of plans make of the files: ledgers and their logs.
 *
 * @param keepBackup a copy of each ledger as it was, beside it.
 * @throws {ChangedMeanwhile} when a ledger has another entry than the steps begin with.
 */
export function fileChanges(
    plans: readonly Plan[],
    recorder: Recorder,
    keepBackup: boolean,
): readonly FileChange[] {
    return plans.flatMap(({ stack, steps }) => {
        if (steps.length === 0) return [];
        const { file } = stack;
        const before = readIfThere(file) ?? "";
        const after = editedLedger(file, before, steps);
        const log = eventsFile(file);
        const logged = readIfThere(log);
        const lines = steps.map((step) => `${JSON.stringify(eventOf(step, stack.stack, recorder))}\n`);
        const backup = `${file}.bak`;
        return [
            ...(keepBackup ? [{ file: backup, before: readIfThere(backup), after: before }] : []),
            { file: log, before: logged, after: `${logged ?? ""}${lines.join("")}` },
            { file, before, after },
        ];
    });
}

/** The steps were planned with the ledger as it was read before, which this holds it to. */
function editedLedger(file: string, text: string, steps: readonly PlannedStep[]): string {
    try {
        return editLedger(text, new Map(steps.map((step) => [step.field, step])));
    } catch (error) {
        throw error instanceof OtherEntry ? new ChangedMeanwhile(file) : error;
    }
}

/** Writes what plans change: all of it, or nothing. */
export function record(
    plans: readonly Plan[],
    recorder: Recorder,
    keepBackup: boolean,
): readonly FileChange[] {
    const changes = fileChanges(plans, recorder, keepBackup);
    replaceFiles(changes);
    return changes;
}
