import type { AddressFault } from "../facts";

/** Variables that hold comma-separated addresses of keys. */
const LISTS = /(?:^|_)JWKS_URLS?$/;
/** Domains at which Auth0 publishes them; see Auth0, "JSON Web Key Sets". */
const DOMAINS = /^AUTH0_DOMAIN$/;

export const isKeySetting = (variable: string | undefined): variable is string =>
    variable !== undefined && (LISTS.test(variable) || DOMAINS.test(variable));

/** The addresses of keys that a setting stands for. */
export function addressesOf(variable: string, value: string): readonly string[] {
    if (DOMAINS.test(variable)) return [`https://${value.trim()}/.well-known/jwks.json`];
    return value
        .split(",")
        .map((each) => each.trim())
        .filter((each) => each !== "");
}

/** Names that do not leave the machine, or the cluster. */
const INSIDE = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|[a-z0-9-]+|.+\.svc(?:\.cluster\.local)?)$/i;

/**
 * What is wrong with the form of an address, without a part of it.
 *
 * @param isProtected whether the environment protects what it holds: plain HTTP is then a problem, and not a warning.
 */
export function addressFaults(address: string, isProtected: boolean): readonly AddressFault[] {
    let url: URL;
    try {
        url = new URL(address);
    } catch {
        return [{ message: "is no address", isGrave: true }];
    }
    const faults: AddressFault[] = [];
    if (url.protocol !== "https:") {
        if (url.protocol !== "http:") faults.push({ message: "is not one of the web", isGrave: true });
        else if (isProtected || !INSIDE.test(url.hostname))
            faults.push({ message: "is not https", isGrave: isProtected });
    }
    if (url.username !== "" || url.password !== "") {
        const message = "holds credentials, which end up in logs of proxies and of applications";
        faults.push({ message, isGrave: isProtected });
    }
    if (url.hash !== "") faults.push({ message: "has a '#', which no server gets to see", isGrave: false });
    if (!url.hostname.includes(".") && url.protocol === "https:" && !INSIDE.test(url.hostname))
        faults.push({ message: "has no host that others can find", isGrave: true });
    return faults;
}
