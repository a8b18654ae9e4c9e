import type { Rendering, RenderedResource } from "../rendering";

/** What two environments have in common although each should have its own, or what one has and another lacks. */
export interface IsolationFinding {
    readonly kind:
        | "shared-system"
        | "shared-principal"
        | "shared-key"
        | "shared-entry"
        | "missing-field"
        | "equal-value";
    /** Where it is seen, two places or more; never the value that stands there. */
    readonly places: readonly Place[];
    /** What is wrong, as a sentence without a period. */
    readonly message: string;
    /** What to do, as a sentence without a period. */
    readonly fix: string;
}

export interface Place {
    readonly stack: string;
    /** A resource (`Role devplatform-prod-backend`) or a field (`devplatform/db.password`). */
    readonly what: string;
}

/** An environment with the stacks that it is made of. */
export interface Environment {
    readonly name: string;
    readonly renderings: readonly Rendering[];
}

/** `Role devplatform-prod-backend` */
export function resourceText({ type, name }: Pick<RenderedResource, "type" | "name">): string {
    return `${type.split(":").pop() ?? type} ${name}`;
}
