import { nameOf, typeOf } from "../../preview/engine/urn";
import type { Violation } from "../../preview/rendering";
import type { Exemption } from "../../preview/rendering";
import { order } from "../../preview/access/estate";
import type { Delta, SourcePlace, StackReview, ViolationTold } from "../review";
import type { StackSnapshot } from "../snapshot";
import { deltaOf, stayedAll, withoutPlaces } from "./delta";

type ExemptTold = ViolationTold & { readonly exemption: Exemption };

/** How the policies of this project begin a message: `policies/message.ts`. */
const OWN_FORM = /^([A-Z0-9]+-\d+): '([^']*)':/;

/**
 * Violations that appear, go and stay, and those that an exemption lets pass. One that is exempt from now on is not
 * among those that went: nothing was mended.
 *
 * @param sourceOf where a resource of the head is declared, by URN.
 */
export function violationChanges(
    before: StackSnapshot | undefined,
    after: StackSnapshot | undefined,
    isCompared: boolean,
    renamed: ReadonlyMap<string, string>,
    sourceOf: (urn: string) => SourcePlace | undefined,
): Pick<StackReview, "violations" | "exemptions"> {
    const [was, is] = [toldOf(before, () => undefined), toldOf(after, sourceOf)];
    const keyBefore = (each: ViolationTold): string => keyOf(each, renamed.get(each.urn ?? "") ?? each.urn);
    const keyAfter = (each: ViolationTold): string => keyOf(each, each.urn);
    if (!isCompared) return { violations: stayedAll(is.violations), exemptions: stayedAll(is.exemptions) };
    const violations = deltaOf(was.violations, is.violations, keyBefore, keyAfter);
    const exempt = new Set(is.exemptions.map(keyAfter));
    return {
        violations: withoutExempt(violations, (each) => exempt.has(keyBefore(each))),
        exemptions: deltaOf(
            was.exemptions,
            is.exemptions,
            (each) => `${keyBefore(each)}|${JSON.stringify(each.exemption)}`,
            (each) => `${keyAfter(each)}|${JSON.stringify(each.exemption)}`,
        ),
    };
}

const withoutExempt = (
    delta: Delta<ViolationTold>,
    isExempt: (each: ViolationTold) => boolean,
): Delta<ViolationTold> => ({ ...delta, gone: delta.gone.filter((each) => !isExempt(each)) });

/** The same violation: its policy, its resource and what is said, without the resource's name and places in lists. */
function keyOf({ policy, level, message }: ViolationTold, urn: string | undefined): string {
    const said = withoutPlaces(message.replace(OWN_FORM, "$1:"));
    return [policy, level, urn ?? "", said].join("|");
}

function toldOf(
    stack: StackSnapshot | undefined,
    sourceOf: (urn: string) => SourcePlace | undefined,
): { readonly violations: readonly ViolationTold[]; readonly exemptions: readonly ExemptTold[] } {
    const all = (stack?.violations ?? []).filter(({ level }) => level !== "disabled").sort(byPolicy);
    return {
        violations: all.filter((each) => each.exemption === undefined).map((each) => told(each, sourceOf)),
        exemptions: all.flatMap((each) =>
            each.exemption === undefined ? [] : [{ ...told(each, sourceOf), exemption: each.exemption }],
        ),
    };
}

const byPolicy = (a: Violation, b: Violation): number =>
    order(a.policy, b.policy) || order(a.urn ?? "", b.urn ?? "") || order(a.message, b.message);

function told(
    { policy, level, severity, description, message, urn, undecided }: Violation,
    sourceOf: (urn: string) => SourcePlace | undefined,
): ViolationTold {
    const id = OWN_FORM.exec(message)?.[1];
    const source = urn === undefined ? undefined : sourceOf(urn);
    return {
        policy,
        ...(id === undefined ? {} : { id }),
        level,
        ...(severity === undefined ? {} : { severity }),
        description,
        message,
        ...(urn === undefined ? {} : { urn, resource: nameOf(urn), type: typeOf(urn) }),
        undecided: undecided === true,
        ...(source === undefined ? {} : { source }),
    };
}
