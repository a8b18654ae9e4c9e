import type { ValueShape } from "../components/domain/value-shape";
import { valueFault } from "../components/domain/value-faults";

/** Parts of a longer value that somebody still has to put in. */
const WITHIN =
    /(?:^|[^a-z0-9])(?:change[-_ ]?(?:me|this|in[-_ ]prod)|replace[-_ ]?me|put[-_ ]?your|your[-_ ][a-z]|placeholder)|[-_]here$|<[^<>]*>|\.{3}|…|^(?:strong|generated|real)[-_]/i;

/**
 * What is wrong with a value as a whole, as the end of a sentence ("its value …"), or undefined: what
 * {@link valueFault} finds in it, and in the parts of an address or of a vendor's token.
 */
export function placeholderFault(value: string, shape: ValueShape | undefined): string | undefined {
    const whole = valueFault(value);
    if (whole !== undefined) return whole;
    if (WITHIN.test(value)) return "is a placeholder";
    const begin = shape?.is === "token" ? shape.begins.find((each) => value.startsWith(each)) : undefined;
    const parts = begin === undefined ? partsOf(value) : [value.slice(begin.length)];
    return parts.some((part) => part !== "" && valueFault(part) === "is a placeholder")
        ? "has a placeholder in it"
        : undefined;
}

/** User, password and names of the host in an address; nothing for what is none. */
function partsOf(value: string): readonly string[] {
    const [, user = "", password = "", host = ""] =
        /^[a-z][a-z0-9+.-]*:\/\/(?:([^/@:]*)(?::([^/@]*))?@)?([^/:?#]*)/i.exec(value) ?? [];
    return [user, password, ...host.split(".").slice(0, -2)];
}
