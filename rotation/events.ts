/** One step of one field, as the log beside the ledger has it. Holds no value. */
export interface RotationEvent {
    /** ISO 8601, UTC. */
    readonly at: string;
    readonly by: string;
    readonly stack: string;
    readonly field: string;
    readonly step: string;
    readonly generation: number;
    readonly reason: string;
    readonly reference?: string;
}
