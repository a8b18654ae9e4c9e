import type { RotationEvent } from "../../rotation/events";

/** A step as the log of a stack has it. */
export const event = (changed: Partial<RotationEvent> = {}): RotationEvent => ({
    at: "2026-12-01T00:04:11Z",
    by: "rotation run 7",
    stack: "prod",
    field: "devplatform/jwt.secret_key",
    step: "announce",
    generation: 3,
    reason: "schedule",
    ...changed,
});
