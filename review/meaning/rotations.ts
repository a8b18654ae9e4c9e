import { order } from "../../preview/access/estate";
import type { RotationSince } from "../../preview/rendering";
import type { RotationChange } from "../review";

/** What a step does that brings a value into use, or into its announcement: `rotation/step-text.ts` has the words. */
const BRINGS_VALUE = / (?:is announced|is used from now on|replaces |is recorded)|^back to /;
/** What becomes of a value that was revoked: the same place has these, too. */
const REFUSED = /\bis refused\b/;

/** What the ledger does, without the emphasis that a page of Markdown has. */
export function rotationChanges(rotation: RotationSince | undefined): readonly RotationChange[] {
    return (rotation?.steps ?? [])
        .map(({ field, what, why, oldValue }) => ({
            ...{ field, what, why },
            oldValue: oldValue.replaceAll("*", ""),
            isCompromise: /^compromise\b/.test(why) && BRINGS_VALUE.test(what),
        }))
        .sort((a, b) => order(a.field, b.field));
}

/** The fields whose value in use is refused from the deployment on. */
export function revokedFields(rotation: RotationSince | undefined): ReadonlySet<string> {
    return new Set(
        (rotation?.steps ?? []).filter(({ oldValue }) => REFUSED.test(oldValue)).map(({ field }) => field),
    );
}
