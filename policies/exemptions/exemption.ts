import { createRequire } from "node:module";
import type * as days from "../../components/domain/rotation/day";
import type { Day } from "../../components/domain/rotation/day";

/** Loaded where there is an exemption, which most stacks don't have: it costs a sixth of the pack's start. */
export function calendar(): typeof days {
    return createRequire(__filename)("../../components/domain/rotation/day") as typeof days;
}

/**
 * Leave to violate a policy with one resource, for a while: data of the stack, `strongroom:exemptions` in
 * `Pulumi.<stack>.yaml`. It applies up to and with its last day.
 */
export interface Exemption {
    /** Where it stands, for messages: `strongroom:exemptions[0]`. */
    readonly place: string;
    /** The policy's name. */
    readonly policy: string;
    /** The policy's id, `ISO-01`. */
    readonly id: string;
    /** A URN, or `<Type> <name>`, where the type is a token or its last part: `Secret devplatform/prod/db`. */
    readonly resource: string;
    readonly owner: string;
    readonly reason: string;
    readonly until: Day;
}

/** What an exemption is compared with. */
export interface Exempted {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
}

export function isAbout({ resource }: Exemption, { urn, type, name }: Exempted): boolean {
    if (resource.startsWith("urn:")) return resource === urn;
    const [named, ...rest] = resource.split(" ");
    return (named === type || named === type.split(":").at(-1)) && rest.join(" ") === name;
}
