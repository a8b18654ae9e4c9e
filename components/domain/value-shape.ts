/** What a value that a person writes has to look like, where the catalogue knows it. */
export type ValueShape =
    /** A whole number, both ends included. */
    | { readonly is: "integer"; readonly from: number; readonly to: number }
    /** `true` or `false`: what every language reads alike. */
    | { readonly is: "boolean" }
    /** An address that begins with `https://`, or `http://` where nothing real is at stake. */
    | { readonly is: "url" }
    /** Such addresses, with commas between them. */
    | { readonly is: "urls" }
    /** An address of Sentry: `https://<key>@<host>/<project>`. */
    | { readonly is: "dsn" }
    /** A name in DNS, without scheme, port and path. */
    | { readonly is: "host" }
    | { readonly is: "choice"; readonly of: readonly string[] }
    /** What a vendor's tokens begin with; any of these. */
    | { readonly is: "token"; readonly begins: readonly string[] };

/** The ports of TCP that a server can listen on. */
export const PORT: ValueShape = { is: "integer", from: 1, to: 65_535 };

const HOST =
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** What is wrong with the form of a value, as the end of a sentence ("its value …"). Never quotes the value. */
export function shapeFault(value: string, shape: ValueShape): string | undefined {
    switch (shape.is) {
        case "integer": {
            const fits = /^\d{1,15}$/.test(value) && Number(value) >= shape.from && Number(value) <= shape.to;
            return fits ? undefined : `is no whole number from ${shape.from} to ${shape.to}`;
        }
        case "boolean":
            return /^(?:true|false)$/.test(value) ? undefined : "is neither 'true' nor 'false'";
        case "url":
            return httpUrl(value) === undefined ? "is no address such as 'https://…'" : undefined;
        case "urls":
            return addressesIn(value).every((each) => httpUrl(each) !== undefined)
                ? undefined
                : "is no list of addresses such as 'https://…', with commas between them";
        case "dsn": {
            const url = httpUrl(value);
            const fits = url !== undefined && url.username !== "" && /\/\d+$/.test(url.pathname);
            return fits ? undefined : "is no DSN: an address with a key before '@' and a project's number";
        }
        case "host":
            return HOST.test(value) ? undefined : "is no name of a host, without scheme, port and path";
        case "choice":
            return shape.of.includes(value) ? undefined : `is none of ${shape.of.join(", ")}`;
        case "token":
            return shape.begins.some((begin) => value.startsWith(begin) && value.length > begin.length)
                ? undefined
                : `does not begin with ${shape.begins.map((begin) => `'${begin}'`).join(" or ")}, as its issuer's do`;
    }
}

/** Whether a value of this shape is or holds an address that goes over the network in plain text. */
export function isPlainAddress(value: string, shape: ValueShape): boolean {
    if (shape.is !== "url" && shape.is !== "urls" && shape.is !== "dsn") return false;
    return addressesIn(value).some((each) => httpUrl(each)?.protocol === "http:");
}

const addressesIn = (value: string): readonly string[] => value.split(",").map((each) => each.trim());

function httpUrl(text: string): URL | undefined {
    if (/\s/.test(text) || !URL.canParse(text)) return undefined;
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : undefined;
}
