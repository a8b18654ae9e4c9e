import { ok } from "../check";
import type { Check } from "../check";
import type { Told } from "../finding";
import type { FieldStatus } from "../../rotation/status";

const REWRITES = "start rewrite";

/** What the ledger says of a rotation: overdue, due, or begun and not gone on with. */
export const rotationDue: Check = {
    name: "rotation-due",
    symptom: "rotation failed",
    look: ({ now, rotation, values }) => {
        // A value that is not there has no age; that it has to be set is told by the check for values.
        const missing = new Set(values.flatMap(({ field, state }) => (state === "missing" ? [field] : [])));
        return rotation
            .filter(({ field }) => !missing.has(field))
            .map((status) => told(status, now.slice(0, 10)));
    },
};

function told(status: FieldStatus, today: string): Told {
    const { field: place, stack, generations, next, due, overdue } = status;
    if (generations === null) {
        return {
            status: "warning",
            place,
            message: "the ledger does not know when it was set, so nobody is reminded",
            why: "a value that others issue was set, and that was not recorded",
            next: [`npm run rotate -- external ${place} --stack ${stack} --set-on <day> --ref <ticket>`],
        };
    }
    const isWaiting = next !== null && next.earliest <= today;
    const commands = [
        `npm run rotate -- due --stack ${stack} --dry-run`,
        `npm run rotate -- status --stack ${stack}`,
    ];
    if (isWaiting && (next.step === "promote" || next.step === "retire" || next.step === REWRITES)) {
        return {
            status: "warning",
            place,
            message: `its rotation stands still: '${next.step}' could be done since ${next.earliest} (${generations})`,
            why: "each step is a pull request, and nobody has made this one: both values live until then",
            next: commands,
        };
    }
    if (overdue) {
        return {
            status: "problem",
            place,
            message: `it was to be replaced by ${String(due)} (${generations})`,
            why: "it is older than it may be, and no rotation of it has ended",
            next:
                next?.step === "issue anew"
                    ? [`npm run rotate -- external ${place} --stack ${stack} --set-on <day> --ref <ticket>`]
                    : commands,
        };
    }
    if (isWaiting) {
        return {
            status: "warning",
            place,
            message: `'${next.step}' is due since ${next.earliest} (${generations})`,
            why: "the new value is to be in use on the day that the old one is too old",
            next: commands,
        };
    }
    return ok(place, `nothing of it is due (${generations})`);
}
