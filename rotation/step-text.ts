import { addDays } from "../components/domain/rotation/day";
import type { LedgerField } from "../components/domain/rotation/ledger";
import { timingOf } from "../components/domain/rotation/rotation-class";
import type { Strategy } from "../components/domain/rotation/rotation-class";
import { causeText } from "./plan";
import type { PlannedStep } from "./plan";

/** What a step does, as a clause. */
export function whatText({ step, before, after }: PlannedStep): string {
    const number = String;
    switch (step.kind) {
        case "begin":
            return `generation ${number(after.current.generation)} is recorded`;
        case "announce":
            return `generation ${number(after.next?.generation)} is announced`;
        case "promote":
            return `generation ${number(after.current.generation)} is used from now on`;
        case "replace":
        case "revoke":
            return `generation ${number(after.current.generation)} replaces ${number(before?.current.generation)}`;
        case "retire":
            return `generation ${number(before?.previous?.generation)} goes`;
        case "roll back":
            return `back to generation ${number(after.current.generation)}`;
        case "withdraw":
            return `generation ${number(before?.next?.generation)} is not announced any more`;
        case "start rewrite":
            return `what generation ${number(before?.previous?.generation)} encrypted is written anew`;
        case "confirm rewrite":
            return `nothing is encrypted with generation ${number(before?.previous?.generation)} any more`;
        case "reschedule":
            return `generation ${number(before?.previous?.generation)} is kept until ${step.until}`;
    }
}

/** What becomes of a previous value, by strategy. */
const KEPT: Readonly<Record<Strategy, string>> = {
    overlap: "is accepted",
    "two-key": "works",
    swap: "is kept for the way back",
    native: "is kept",
    external: "is kept",
    none: "is kept",
};

/** Why it is taken, with the reference. */
export function whyText({ step, after }: PlannedStep): string {
    if ("cause" in step) return causeText(step.cause);
    return causeText(after.next ?? after.current);
}

/** What becomes of the value that was used before: the rest of a sentence that begins with it. */
export function oldValueText({ step, after }: PlannedStep, field: LedgerField | undefined): string {
    switch (step.kind) {
        case "announce": {
            const days = field === undefined ? 0 : timingOf(field.rotationClass).announce.wholeDays;
            return `stays in use; the new one may be from ${addDays(step.on, days)} on`;
        }
        case "promote":
        case "replace":
        case "roll back":
            if (after.previous === undefined) return "is its issuer's to revoke";
            if (field?.rotationClass.encryptsData === true)
                return `stays until all that it encrypted was written anew, ${after.previous.until} at the earliest`;
            return `${KEPT[field?.rotationClass.strategy ?? "swap"]} until ${after.previous.until}`;
        case "revoke":
            return field?.rotationClass.strategy === "swap"
                ? "**goes with the deployment, and is refused once whatever checks it has the new one**"
                : "**is refused from the deployment on**";
        case "retire":
        case "withdraw":
            return "goes, and its number is never given again";
        case "start rewrite":
            return "is still needed to read";
        case "confirm rewrite":
            return "is needed by nothing any more, and goes with the next step";
        case "begin":
            return field?.rotationClass.strategy === "external"
                ? "is its issuer's to revoke, if there was one"
                : "was none";
        default:
            return "stays as it is";
    }
}
